/** The statements of question and answers, each checked against a run. */
import type { Statement } from "../result/comparison.ts";
import { none } from "./run.ts";
import type { Run } from "./run.ts";
import { rows } from "./table.ts";

export function statementsOf(run: Run): Statement[] {
  return rows.map(({ evidence: judge, shownByPlan, ...row }) => {
    const evidence =
      run.facts.basis === "planned" && shownByPlan !== true
        ? none("a deployed stack: a plan shows only what will be declared")
        : judge(run);
    return {
      ...row,
      evidence: evidence.kind === "none" ? null : evidence.text,
      contradicts: evidence.kind === "contradicts",
      notTried: evidence.kind === "none" ? `not tried in this run; it needs ${evidence.needed}` : null,
    };
  });
}
