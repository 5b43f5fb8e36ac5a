/** The statements of question and answers, each checked against a run. */
import type { Statement } from "../result/comparison.ts";
import { none } from "./run.ts";
import type { Run } from "./run.ts";
import { rows } from "./table.ts";

export function statementsOf(run: Run): Statement[] {
  return rows.map(({ evidence: judge, shownByPlan, saidBy, statement, ...rest }) => {
    const { id, verdict, why, source } =
      "verdict" in rest ? rest : { ...rest, ...run.cloud.statements[rest.id] };
    const evidence =
      run.facts.basis === "planned" && shownByPlan !== true
        ? none("a deployed stack: a plan shows only what will be declared")
        : judge(run);
    return {
      id,
      saidBy,
      statement,
      verdict,
      why,
      source,
      evidence: evidence.kind === "none" ? null : evidence.text,
      contradicts: evidence.kind === "contradicts",
      notTried: evidence.kind === "none" ? `not tried in this run; it needs ${evidence.needed}` : null,
    };
  });
}
