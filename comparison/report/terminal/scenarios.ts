/** What happened to traffic, scenario by scenario. */
import type { FindingResult, ScenarioResult, ShownOutcome } from "../../result/scenarioSchema.ts";
import type { BySide } from "../../result/bySide.ts";
import type { FindingVerdict } from "../../result/scenarioSchema.ts";
import { hanging, table } from "./layout.ts";
import type { Cell } from "./layout.ts";
import { paintWith } from "./paint.ts";
import type { Format, Paint } from "./paint.ts";

const widths = [26, 17, 17, 7];

export const formats: Readonly<Record<FindingVerdict, Format | undefined>> = {
  same: undefined,
  "as documented": "green",
  different: "red",
  unreachable: "yellow",
  skipped: "dim",
};

/** Scenarios by themselves. */
export function scenariosText(
  scenarios: readonly ScenarioResult[],
  titles: BySide<string>,
  { colour }: { readonly colour: boolean },
): string {
  const sides = { left: { title: titles.left }, right: { title: titles.right } };
  return scenarioLines({ scenarios, ...sides }, paintWith(colour)).join("\n");
}

interface Shown {
  readonly scenarios: readonly ScenarioResult[];
  readonly left: { readonly title: string };
  readonly right: { readonly title: string };
}

/** A table of all, and below it why something is not alike. Lines of at most 80 columns. */
function scenarioLines({ scenarios, left, right }: Shown, paint: Paint): string[] {
  if (scenarios.length === 0) return [];
  const rows = scenarios.flatMap((result) => rowsOf(result, paint));
  const notes = scenarios.flatMap(({ title, findings }) =>
    findings
      .filter(({ verdict }) => verdict !== "same")
      .map((finding) =>
        hanging(`${marks[finding.verdict]} `, `${title}, ${finding.title}: ${noteOf(finding)}`),
      ),
  );
  return [table(["", left.title, right.title, ""], widths, rows), meaning, ...notes];
}

export const marks: Readonly<Record<FindingVerdict, string>> = {
  same: "=",
  "as documented": "≈",
  different: "(!)",
  unreachable: "?",
  skipped: "-",
};

const meaning = hanging(
  "",
  "= alike, ~ as alike as chance permits, ≈ differs as documented, (!) not as documented or without a reason, ? not measured, - not tried; × is the right side's value by the left's",
);

function rowsOf({ title, seconds, failure, findings }: ScenarioResult, paint: Paint): Cell[][] {
  return [
    [{ text: `${title} (${seconds} s)`, span: 4, paint: (line) => paint("bold", line) }],
    ...(failure === null
      ? []
      : [[{ text: "" }, { text: failure, span: 3, paint: (line: string) => paint("yellow", line) }]]),
    ...findings.map((finding) => row(finding, paint)),
  ];
}

function row({ title, left, right, relation, verdict }: FindingResult, paint: Paint): Cell[] {
  const format = formats[verdict];
  const coloured = format === undefined ? {} : { paint: (line: string) => paint(format, line) };
  const cell = (outcome: ShownOutcome): Cell => ({
    text: outcome.kind === "measured" ? outcome.text : outcome.kind,
    ...coloured,
  });
  const mark = verdict === "same" ? sameMark(relation) : marks[verdict];
  return [{ text: title }, cell(left), cell(right), { text: mark, ...coloured }];
}

function sameMark(relation: string): string {
  return relation === "=" || relation === "~" ? relation : `= ${relation}`;
}

export function noteOf({ left, right, expected, verdict }: FindingResult): string {
  const silent = [left, right].filter(({ kind }) => kind !== "measured").map(({ text }) => text);
  if (verdict === "unreachable" || verdict === "skipped") return [...new Set(silent)].join("; ");
  const details = [left, right].flatMap(({ detail }) => (detail === "" ? [] : [detail]));
  return verdict === "different" && details.length > 0 ? `${expected} (${details.join(" / ")})` : expected;
}
