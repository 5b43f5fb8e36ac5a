/** What happened to traffic, scenario by scenario. */
import type { FindingResult, ScenarioResult, ShownOutcome } from "../../scenarios/result.ts";
import type { FindingVerdict } from "../../scenarios/scenario.ts";
import { hanging, table } from "./layout.ts";
import type { Cell } from "./layout.ts";
import { paintWith } from "./paint.ts";
import type { Format, Paint } from "./paint.ts";

const widths = [26, 17, 17, 7];

const formats: Readonly<Record<FindingVerdict, Format | undefined>> = {
  same: undefined,
  "as documented": "green",
  different: "red",
  unreachable: "yellow",
  skipped: "dim",
};

export interface ScenariosOptions {
  readonly colour: boolean;
}

/** @returns lines of at most 80 columns */
export function scenariosText(results: readonly ScenarioResult[], { colour }: ScenariosOptions): string {
  const paint = paintWith(colour);
  const head = ["", "NodePort + own NLB", "LoadBalancer", ""];
  const rows = results.flatMap((result) => rowsOf(result, paint));
  const notes = results.flatMap(({ title, findings }) =>
    findings
      .filter(({ verdict }) => verdict !== "same")
      .map((finding) =>
        hanging(`${marks[finding.verdict]} `, `${title}, ${finding.title}: ${noteOf(finding)}`),
      ),
  );
  return [table(head, widths, rows), meaning, ...notes].join("\n");
}

const marks: Readonly<Record<FindingVerdict, string>> = {
  same: "=",
  "as documented": "≠",
  different: "(!)",
  unreachable: "?",
  skipped: "-",
};

const meaning = hanging(
  "",
  "= alike, ≈ as alike as chance permits, ≠ differs as documented, (!) not as documented or without a reason, ? not measured, - not tried; × is the right side's value by the left's",
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
  return relation === "=" || relation === "≈" ? relation : `= ${relation}`;
}

function noteOf({ left, right, expected, verdict }: FindingResult): string {
  const silent = [left, right].filter(({ kind }) => kind !== "measured").map(({ text }) => text);
  return verdict === "unreachable" || verdict === "skipped" ? [...new Set(silent)].join("; ") : expected;
}
