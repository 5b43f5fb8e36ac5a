/** The planned comparison as an output of the program: its declared objects, compared with those that the cloud controller manager will make. */
import type { Output } from "@pulumi/pulumi";
import { output } from "@pulumi/pulumi";
import { cloudOfTypes } from "../clouds/index.ts";
import { judge } from "../difference/compare.ts";
import { comparedOf } from "../difference/compared.ts";
import type { ClusterFacts } from "../model/cluster.ts";
import type { Facts } from "../model/exposure.ts";
import { shortForm } from "../report/shortForm.ts";
import type { ShortForm } from "../report/shortForm.ts";
import { plannedFacts } from "./facts.ts";
import type { ProgramPlan } from "./plan.ts";
import type { Recorder } from "./recorder.ts";

export interface PlannedComparisonArgs {
  /** The recorder of both exposures. */
  readonly recorder: Recorder;
  /** Is there once everything is declared. */
  readonly complete: Output<unknown>;
  readonly cluster: ClusterFacts;
  /** Names of the exposures. The first two are compared. */
  readonly names: readonly string[];
  /**
   * Is called with all that is declared, and may refuse it.
   * @default nothing else is checked
   */
  readonly alsoCheck?: (program: ProgramPlan) => Promise<void>;
}

/**
 * Gives the same result in a preview and after the update. A program that cannot be compared can still be deployed: then the verdict says why. Only what `alsoCheck` refuses ends the
 * program.
 */
export function plannedComparison({
  alsoCheck,
  names,
  ...args
}: PlannedComparisonArgs): Output<ShortForm | { readonly verdict: string }> {
  const planned = programOf(args);
  const comparison = planned
    .then((program): ShortForm | { readonly verdict: string } =>
      shortForm(judge(comparedOf(factsOf(program, names), program.cloud), { traffic: [], statements: [] })),
    )
    .catch((error: unknown) => ({
      verdict: `Not compared: ${error instanceof Error ? error.message : String(error)}`,
    }));
  const checked = planned.then(
    (program) => alsoCheck?.(program),
    // The comparison says why.
    () => undefined,
  );
  return output(checked.then(() => comparison));
}

function factsOf(program: ProgramPlan, [left, right]: readonly string[]): Facts {
  // An exposure that is compared with itself would be equivalent to it.
  if (left === undefined || right === undefined)
    throw new Error(left === undefined ? "the stack has no way" : `the stack has one way, ${left}`);
  return plannedFacts(program, { left, right });
}

async function programOf({
  recorder,
  complete,
  cluster,
}: Omit<PlannedComparisonArgs, "alsoCheck" | "names">): Promise<ProgramPlan> {
  const declared = await recorder.declared(complete);
  const cloud = cloudOfTypes(declared.map(({ type }) => type));
  return { declared, cloud, plan: await cloud.plan(), cluster };
}
