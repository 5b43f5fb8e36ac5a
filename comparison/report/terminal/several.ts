/** The comparison of more than two Services on a terminal. */
import type { Comparison } from "../../result/comparison.ts";
import type { Several } from "../../result/several.ts";
import { kubernetesInWords } from "../../result/words.ts";
import { notesOf } from "../notes.ts";
import { predictionsOnce, sharedTable } from "../several.ts";
import type { SharedCell, SharedRow } from "../several.ts";
import { titles } from "../titles.ts";
import { aspectStyles, marks, unexplained } from "./aspects.ts";
import { firstOf, mostReasons } from "./firstOf.ts";
import { Screen } from "./screen.ts";
import type { Cell, ScreenOptions } from "./screen.ts";
import { predictionLines, sourceLines } from "./sections.ts";

const titleWidth = 11;
const markWidth = 5;
/** What the columns of a table have in common on a terminal of 80 columns. */
const allColumns = 76;

export function severalReport(several: Several, options: ScreenOptions): string {
  const screen = new Screen(options);
  const { verdict, comparisons } = several;
  const bold = (title: string): string => screen.paint(screen.hanging("", title), "bold");
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [bold(title), ...lines];
  const { rows, reasons } = sharedTable(several);
  const verdictLine = bold(verdict.sentence);
  const blocks = [
    [verdictLine],
    [...new Set(comparisons.flatMap(kubernetesInWords))].map((sentence) => screen.hanging("", sentence)),
    ...comparisons.map((comparison) => [
      bold(`${comparison.left.service} and ${comparison.right.service}`),
      screen.hanging("  ", comparison.verdict.sentence),
      ...firstOf(comparison.verdict.reasons, mostReasons).map((reason) => screen.hanging("  - ", reason)),
      ...unexplained(comparison, screen),
      ...sourceLines(comparison, screen),
      ...notesOn(comparison, screen),
    ]),
    [table(rows, several, screen), screen.hanging("", markLine)],
    section(
      titles.reasons,
      reasons.map(({ number, why }) => screen.hanging(`[${number}]`.padEnd(5), why)),
    ),
    section(titles.predictions, predictionLines({ predictions: predictionsOnce(several) }, screen)),
    [verdictLine],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** What is to be said of the first Service and another one alone. */
function notesOn(comparison: Comparison, screen: Screen): string[] {
  const opened = { title: titles.opensMore, lines: comparison.opensMore };
  return [opened, ...notesOf(comparison)]
    .filter(({ lines }) => lines.length > 0)
    .flatMap(({ title, lines }) => [
      screen.hanging("  ", `${title}:`),
      ...lines.map((line) => screen.hanging("  - ", line)),
    ]);
}

const markLine =
  "Behind each Service: = same as the first one, apart from generated names and numbers, [n] different for reason n, (!) different for no known reason, ? unknown, - cannot be seen here";

function table(rows: readonly SharedRow[], { comparisons }: Several, screen: Screen): string {
  const values = comparisons.length + 1;
  const gaps = 3 * (2 * comparisons.length + 1);
  const room = allColumns - titleWidth - markWidth * comparisons.length - gaps;
  const width = Math.floor(room / values);
  const widths = [titleWidth, width, ...comparisons.flatMap(() => [width, markWidth])];
  const head = [
    "",
    comparisons[0]?.left.service ?? "",
    ...comparisons.flatMap(({ right }) => [right.service, ""]),
  ];
  const sections = [...new Set(rows.map(({ section }) => section))];
  return screen.table(
    head,
    widths,
    sections.flatMap((section): Cell[][] => [
      [{ text: section, span: widths.length, style: "bold" }],
      ...rows.filter((row) => row.section === section).map(cellsOf),
    ]),
  );
}

function cellsOf({ title, first, others }: SharedRow): Cell[] {
  return [{ text: title }, { text: first }, ...others.flatMap(otherCells)];
}

function otherCells(cell: SharedCell | undefined): Cell[] {
  if (cell === undefined) return [{ text: "" }, { text: "" }];
  const { text, verdict, reasons } = cell;
  const style = aspectStyles[verdict];
  const mark = verdict === "equivalent" ? reasons.map((number) => `[${number}]`).join(" ") : marks[verdict];
  return [
    { text, style },
    { text: mark, style },
  ];
}
