/** What a stack will have, asked of the program alone: without lab, Pulumi CLI or cloud. */
import { conclude } from "../comparison/conclude.ts";
import { predict } from "../comparison/clouds/aws/cloudControllerManager/predict.ts";
import { assumedCluster } from "../comparison/plan/cluster.ts";
import type { PlannedResource } from "../comparison/plan/monitor.ts";
import { planProgram } from "../comparison/plan/plan.ts";
import { nothingAsked } from "../comparison/probes/probes.ts";
import type { Comparison } from "../comparison/result/comparison.ts";
import { plannedFacts } from "../comparison/clouds/aws/plan/facts.ts";
import { nodes } from "../lab/layout.ts";
import { checkout } from "./devLab.ts";
import { ways } from "./plannedTable.ts";
import { readStackConfiguration } from "./stackConfiguration.ts";

export interface PlannedStack {
  readonly declared: readonly PlannedResource[];
  readonly comparison: Comparison;
}

/** Once a process and stack: a program runs when it is imported. A network of three nodes in three zones is assumed. */
export async function planStack(stack: string): Promise<PlannedStack> {
  const configuration = readStackConfiguration(checkout, stack);
  const declared = await planProgram(configuration, nodes);
  const [left, right] = ways;
  const facts = plannedFacts(declared, assumedCluster(configuration, nodes), { left, right }, predict);
  const reason = "nothing is deployed in a plan";
  const noRequests = { kind: "unavailable", reason } as const;
  const comparison = conclude({
    facts,
    probes: nothingAsked(reason),
    traffic: { left: noRequests, right: noRequests },
    limits: [
      "Planned: a network of three nodes in three zones is assumed, and nothing was asked of a cluster or of AWS.",
    ],
    made: new Date(),
  });
  return { declared, comparison };
}

/** How many resources will be made; components only group others. */
export function countDeclared({ declared }: PlannedStack): number {
  return declared.filter(({ custom }) => custom).length;
}
