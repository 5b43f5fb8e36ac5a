/** Scenarios on a terminal: a table of all findings with their timelines, and why some are not the same. */
import type { BySide } from "../../result/bySide.ts";
import type {
  FindingResult,
  FindingVerdict,
  ScenarioResult,
  ShownOutcome,
} from "../../result/scenarioSchema.ts";
import { Screen } from "./screen.ts";
import type { Cell, ScreenOptions, Style } from "./screen.ts";
import { timelineMeaning, timelineText } from "./timeline.ts";

const widths = [26, 17, 17, 7];

export const styles: Readonly<Record<FindingVerdict, Style | undefined>> = {
  same: undefined,
  "as documented": "green",
  different: "red",
  unreachable: "yellow",
  skipped: "dim",
};

export const marks: Readonly<Record<FindingVerdict, string>> = {
  same: "=",
  "as documented": "≈",
  different: "(!)",
  unreachable: "?",
  skipped: "-",
};

const meaning =
  "= same, ~ same within chance, ≈ different as documented, (!) not as documented or different for no reason, ? not measured, - skipped; × is the right value divided by the left one";

export function scenariosText(
  scenarios: readonly ScenarioResult[],
  titles: BySide<string>,
  options: ScreenOptions,
): string {
  if (scenarios.length === 0) return "";
  const screen = new Screen(options);
  const room = screen.room(widths);
  const timelines = scenarios.map(({ timelines = [] }) =>
    timelines.map((timeline) => timelineText(timeline, titles, room)).filter((text) => text !== ""),
  );
  const rows = scenarios.flatMap((result, index) => [
    ...rowsOf(result),
    ...(timelines[index] ?? []).map((text): Cell[] => [{ text, span: widths.length }]),
  ]);
  const notes = scenarios.flatMap(({ title, findings }) =>
    findings
      .filter(({ verdict }) => verdict !== "same")
      .map((finding) =>
        screen.hanging(`${marks[finding.verdict]} `, `${title}, ${finding.title}: ${noteOf(finding)}`),
      ),
  );
  return [
    screen.table(["", titles.left, titles.right, ""], widths, rows),
    screen.hanging("", meaning),
    ...(timelines.flat().length === 0 ? [] : [screen.hanging("", timelineMeaning)]),
    ...notes,
  ].join("\n");
}

function rowsOf({ title, seconds, failure, findings }: ScenarioResult): Cell[][] {
  return [
    [{ text: `${title} (${seconds} s)`, span: widths.length, style: "bold" }],
    ...(failure === null ? [] : [[{ text: "" }, { text: failure, span: 3, style: "yellow" } as const]]),
    ...findings.map(row),
  ];
}

function row({ title, left, right, relation, verdict }: FindingResult): Cell[] {
  const style = styles[verdict];
  const cell = (outcome: ShownOutcome): Cell => ({
    text: outcome.kind === "measured" ? outcome.text : outcome.kind,
    style,
  });
  const mark = verdict === "same" ? sameMark(relation) : marks[verdict];
  return [{ text: title }, cell(left), cell(right), { text: mark, style }];
}

function sameMark(relation: string): string {
  return relation === "=" || relation === "~" ? relation : `= ${relation}`;
}

/** Why a finding is not the same on both sides, or was not measured. */
export function noteOf({ left, right, expected, verdict }: FindingResult): string {
  const silent = [left, right].filter(({ kind }) => kind !== "measured").map(({ text }) => text);
  if (verdict === "unreachable" || verdict === "skipped") return [...new Set(silent)].join("; ");
  const details = [left, right].flatMap(({ detail }) => (detail === "" ? [] : [detail]));
  return verdict === "different" && details.length > 0 ? `${expected} (${details.join(" / ")})` : expected;
}
