/** What happened to traffic, in a few lines. */
import type { FindingResult, ScenarioResult } from "../../result/scenarioSchema.ts";
import { findingVerdicts } from "../../result/scenarioSchema.ts";
import type { FindingVerdict } from "../../result/scenarioSchema.ts";
import { hanging } from "./layout.ts";
import type { Format, Paint } from "./paint.ts";
import { formats, marks, noteOf } from "./scenarios.ts";

/** A few lines for each scenario: whether it went as documented, and the figures that matter most. */
export function scenarioSummary(scenarios: readonly ScenarioResult[], paint: Paint): string[] {
  return scenarios.flatMap((result) => {
    const { title, failure, findings } = result;
    const verdict = worstOf(result);
    const format = formats[verdict];
    const headlines = findings.filter(({ headline }) => headline).map(figureOf);
    const text = `${title}: ${failure ?? [countsOf(findings), ...headlines].join("; ")}.`;
    const line = hanging(`  ${marks[verdict]} `, text);
    const amiss = findings.filter((finding) => finding.verdict === "different");
    const silent = findings.filter((finding) => finding.verdict === "unreachable");
    const notes = [
      ...amiss.map((finding) => `${figureOf(finding)}. ${noteOf(finding)}`),
      ...silent.map(noteOf),
    ];
    return [
      format === undefined ? line : paintLines(line, format, paint),
      // One reason may be that of all that was not measured.
      ...[...new Set(notes)].map((note) => hanging("      ", note)),
    ];
  });
}

const paintLines = (lines: string, format: Format, paint: Paint): string =>
  lines
    .split("\n")
    .map((line) => paint(format, line))
    .join("\n");

/** The first of these that any finding has. */
const severity = ["different", "unreachable", "skipped", "as documented"] as const;

function worstOf({ failure, findings }: ScenarioResult): FindingVerdict {
  const worst = severity.find((verdict) => findings.some((finding) => finding.verdict === verdict)) ?? "same";
  return failure !== null && worst !== "different" ? "unreachable" : worst;
}

const words: Readonly<Record<FindingVerdict, string>> = {
  same: "alike",
  "as documented": "different as documented",
  different: "not as documented",
  unreachable: "not measured",
  skipped: "not tried",
};

function countsOf(findings: readonly FindingResult[]): string {
  const counted = findingVerdicts.map(
    (verdict) => [findings.filter((finding) => finding.verdict === verdict).length, words[verdict]] as const,
  );
  return counted
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(", ");
}

/** What is the same of both once, else the left side's first. */
function figureOf({ title, left, right }: FindingResult): string {
  return `${title}: ${left.text === right.text ? left.text : `${left.text} and ${right.text}`}`;
}
