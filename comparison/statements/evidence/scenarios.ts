/** Evidence from a finding of a scenario that this run played. */
import type { FindingResult } from "../../result/scenarioSchema.ts";
import { textOf } from "../../scenarios/scenario.ts";
import type { Text } from "../../scenarios/scenario.ts";
import { contradicts, none, supports } from "../run.ts";
import type { Evidence, Judge, Run } from "../run.ts";

/** A finding, by its scenario's id and its title. */
export interface FindingRef {
  readonly scenario: string;
  readonly finding: Text;
}

/** @param judge judges the facts and probes; the finding adds to it, and either one can contradict the statement */
export function withFinding(judge: Judge, ref: FindingRef): Judge {
  return (run) => both(judge(run), ofFinding(run, ref));
}

function ofFinding({ scenarios, titles, cloud }: Run, { scenario, finding: ref }: FindingRef): Evidence {
  const title = textOf(ref, cloud.words);
  const finding = scenarios.find(({ id }) => id === scenario)?.findings.find((each) => each.title === title);
  const needed = `the scenario "${scenario}" (npm run verify)`;
  if (finding === undefined) return none(needed);
  const { left, right } = finding;
  const text = `${title}: ${titles.left} ${left.text}, ${titles.right} ${right.text}`;
  return says[finding.verdict]?.(text) ?? none(needed);
}

const says: Readonly<Partial<Record<FindingResult["verdict"], (text: string) => Evidence>>> = {
  same: supports,
  "as documented": supports,
  different: contradicts,
};

function both(one: Evidence, other: Evidence): Evidence {
  for (const kind of ["contradicts", "supports"] as const) {
    const texts = [one, other].flatMap((each) => (each.kind === kind ? [each.text] : []));
    if (texts.length > 0) return { kind, text: texts.join("; ") };
  }
  return one;
}
