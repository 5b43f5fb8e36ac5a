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
import type { Recorder } from "./recorder.ts";

export interface PlannedComparisonArgs {
  /** The recorder of both exposures. */
  readonly recorder: Recorder;
  /** Is there once everything is declared. */
  readonly complete: Output<unknown>;
  readonly cluster: ClusterFacts;
  /** Names of the exposures. */
  readonly left: string;
  readonly right: string;
  /**
   * Is called with the facts of both.
   * @default nothing else is checked
   */
  readonly alsoCheck?: (facts: Facts) => Promise<void>;
}

/** Gives the same result in a preview and after the update. It never fails: a program that cannot be compared can still be deployed. */
export function plannedComparison(
  args: PlannedComparisonArgs,
): Output<ShortForm | { readonly verdict: string }> {
  return output(
    compared(args).catch((error: unknown) => ({
      verdict: `Not compared: ${error instanceof Error ? error.message : String(error)}`,
    })),
  );
}

async function compared({
  recorder,
  complete,
  cluster,
  alsoCheck,
  ...names
}: PlannedComparisonArgs): Promise<ShortForm> {
  const declared = await recorder.declared(complete);
  const cloud = cloudOfTypes(declared.map(({ type }) => type));
  const facts = plannedFacts({ declared, cloud, plan: await cloud.plan(), cluster }, names);
  await alsoCheck?.(facts);
  return shortForm(judge(comparedOf(facts, cloud), { traffic: [], statements: [] }));
}
