/** The planned comparison as an output of the program: its declared objects, compared with those that the cloud controller manager will make. */
import type { Output } from "@pulumi/pulumi";
import { output } from "@pulumi/pulumi";
import type { Cloud } from "../clouds/cloud.ts";
import { cloudOfTypes } from "../clouds/index.ts";
import { judge } from "../difference/compare.ts";
import { comparedOf } from "../difference/compared.ts";
import type { ClusterFacts } from "../model/cluster.ts";
import type { Facts } from "../model/exposure.ts";
import { shortForm } from "../report/shortForm.ts";
import type { ShortForm } from "../report/shortForm.ts";
import { plannedFacts } from "./facts.ts";
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
   * Is called with the facts of both, if there are two, and may refuse them.
   * @default nothing else is checked
   */
  readonly alsoCheck?: (facts: Facts) => Promise<void>;
}

/**
 * Gives the same result in a preview and after the update. A program that cannot be compared can still be deployed: then the verdict says why. Only what `alsoCheck` refuses ends the
 * program.
 */
export function plannedComparison({
  alsoCheck,
  ...args
}: PlannedComparisonArgs): Output<ShortForm | { readonly verdict: string }> {
  const planned = factsOf(args);
  const comparison = planned
    .then(({ facts, cloud }): ShortForm | { readonly verdict: string } =>
      shortForm(judge(comparedOf(facts, cloud), { traffic: [], statements: [] })),
    )
    .catch((error: unknown) => ({
      verdict: `Not compared: ${error instanceof Error ? error.message : String(error)}`,
    }));
  const checked = planned.then(
    ({ facts }) => alsoCheck?.(facts),
    // The comparison says why.
    () => undefined,
  );
  return output(checked.then(() => comparison));
}

async function factsOf({
  recorder,
  complete,
  cluster,
  names: [left, right],
}: Omit<PlannedComparisonArgs, "alsoCheck">): Promise<{ readonly facts: Facts; readonly cloud: Cloud }> {
  // An exposure that is compared with itself would be equivalent to it.
  if (left === undefined || right === undefined)
    throw new Error(left === undefined ? "the stack has no way" : `the stack has one way, ${left}`);
  const declared = await recorder.declared(complete);
  const cloud = cloudOfTypes(declared.map(({ type }) => type));
  return {
    cloud,
    facts: plannedFacts({ declared, cloud, plan: await cloud.plan(), cluster }, { left, right }),
  };
}
