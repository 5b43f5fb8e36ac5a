/** Plans a stack by running its program alone, without lab, Pulumi CLI or cloud. */
import { controllerOf } from "../comparison/clouds/cloud.ts";
import type { Cloud } from "../comparison/clouds/cloud.ts";
import { conclude } from "../comparison/conclude.ts";
import { wayTitles } from "../comparison/difference/sides.ts";
import { plannedFacts } from "../comparison/plan/facts.ts";
import type { PlannedResource } from "../comparison/plan/monitor.ts";
import { planProgram } from "../comparison/plan/plan.ts";
import type { ServiceFacts } from "../comparison/model/service.ts";
import { factsIn } from "../comparison/model/sourceResult.ts";
import { nothingAsked } from "../comparison/probes/probes.ts";
import type { Comparison } from "../comparison/result/comparison.ts";
import { assumedNodes } from "../lab/clouds/index.ts";
import { programUrl } from "../loading/bundle.mjs";
import { checkout } from "./devLab.ts";
import { ways } from "./plannedTable.ts";
import type { PlannedTableOptions } from "./plannedTable.ts";
import { readStackConfiguration } from "./stackConfiguration.ts";

export interface PlannedStack extends Omit<PlannedTableOptions, "colour"> {
  readonly declared: readonly PlannedResource[];
  /** What the program logged as warnings. */
  readonly warnings: readonly string[];
  /** Makes the load balancers of LoadBalancer Services. */
  readonly controller: string;
  readonly comparison: Comparison;
}

/** Assumes a network of three nodes in three zones. Works once per process and stack, because a program runs when it is imported. */
export async function planStack(stack: string): Promise<PlannedStack> {
  const configuration = readStackConfiguration(checkout, stack);
  const nodes = assumedNodes(configuration.values[`${configuration.project}:cloud`]);
  const program = await programUrl();
  const plan = await planProgram(configuration, nodes, (run) => import(`${program}?plan=${run}`));
  const [left, right] = ways;
  const facts = plannedFacts(plan, { left, right });
  const reason = "nothing is deployed in a plan";
  const noRequests = { kind: "unavailable", reason } as const;
  const comparison = conclude({
    facts,
    probes: nothingAsked(reason),
    traffic: { left: noRequests, right: noRequests },
    limits: [
      "Planned: a network of three nodes in three zones is assumed; neither a cluster nor a cloud was asked.",
    ],
    made: new Date(),
  });
  const { NodePort, LoadBalancer } = wayTitles(plan.cloud);
  return {
    declared: plan.declared,
    warnings: plan.warnings,
    titles: [NodePort, LoadBalancer],
    cloudTypes: plan.plan.types,
    controller: controllerTitle(plan.cloud, factsIn(facts.right.service)),
    comparison,
  };
}

function controllerTitle(cloud: Cloud, service: ServiceFacts | undefined): string {
  return (service === undefined ? cloud.controllers[0] : controllerOf(cloud, service)).title;
}

/** How many resources will be deployed; components, which only group others, do not count. */
export function countDeclared({ declared }: PlannedStack): number {
  return declared.filter(({ custom }) => custom).length;
}
