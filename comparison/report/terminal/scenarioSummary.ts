/** What happened to traffic, in a few lines for each scenario. */
import { findingVerdicts } from "../../result/scenarioSchema.ts";
import type { FindingResult, FindingVerdict, ScenarioResult } from "../../result/scenarioSchema.ts";
import { marks, noteOf, styles } from "./scenarios.ts";
import type { Screen } from "./screen.ts";

/** Whether each scenario went as documented, and its most important figures. */
export function scenarioSummary(scenarios: readonly ScenarioResult[], screen: Screen): string[] {
  return scenarios.flatMap((result) => {
    const { title, failure, findings } = result;
    const verdict = worstOf(result);
    const having = (wanted: FindingVerdict) => findings.filter((finding) => finding.verdict === wanted);
    const headlines = findings.filter(({ headline }) => headline).map(figureOf);
    const line = `${title}: ${failure ?? [countsOf(findings), ...headlines].join("; ")}.`;
    const notes = [
      ...having("different").map((finding) => `${figureOf(finding)}. ${noteOf(finding)}`),
      ...having("unreachable").map(noteOf),
    ];
    return [
      screen.paint(screen.hanging(`  ${marks[verdict]} `, line), styles[verdict]),
      // Several findings can lack a measurement for one and the same reason.
      ...[...new Set(notes)].map((note) => screen.hanging("      ", note)),
    ];
  });
}

/** The first of these that any finding has is the scenario's verdict. */
const severity = ["different", "unreachable", "skipped", "as documented"] as const;

function worstOf({ failure, findings }: ScenarioResult): FindingVerdict {
  const worst = severity.find((verdict) => findings.some((finding) => finding.verdict === verdict)) ?? "same";
  return failure !== null && worst !== "different" ? "unreachable" : worst;
}

const words: Readonly<Record<FindingVerdict, string>> = {
  same: "same",
  "as documented": "different as documented",
  different: "not as documented",
  unreachable: "not measured",
  skipped: "skipped",
};

function countsOf(findings: readonly FindingResult[]): string {
  return findingVerdicts
    .map((verdict) => [findings.filter((finding) => finding.verdict === verdict).length, verdict] as const)
    .filter(([count]) => count > 0)
    .map(([count, verdict]) => `${count} ${words[verdict]}`)
    .join(", ");
}

/** The left value before the right one; a value that is the same on both sides once. */
function figureOf({ title, left, right }: FindingResult): string {
  return `${title}: ${left.text === right.text ? left.text : `${left.text} and ${right.text}`}`;
}
