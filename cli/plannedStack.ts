/** Plans a stack by running its program alone, without lab, Pulumi CLI or cloud. */
import { controllerOf } from "../comparison/clouds/cloud.ts";
import type { Cloud } from "../comparison/clouds/cloud.ts";
import { usualWays } from "../comparison/clouds/way.ts";
import type { Way } from "../comparison/clouds/way.ts";
import { conclude } from "../comparison/conclude.ts";
import { plannedFacts } from "../comparison/plan/facts.ts";
import type { StackConfiguration } from "../comparison/plan/configuration.ts";
import type { PlannedResource } from "../comparison/plan/monitor.ts";
import { planProgram } from "../comparison/plan/plan.ts";
import type { ProgramPlan } from "../comparison/plan/plan.ts";
import { serviceType } from "../comparison/plan/resources.ts";
import type { ServiceFacts } from "../comparison/model/service.ts";
import { factsIn } from "../comparison/model/sourceResult.ts";
import { nothingAsked } from "../comparison/probes/probes.ts";
import type { BySide } from "../comparison/result/bySide.ts";
import type { Comparison } from "../comparison/result/comparison.ts";
import { assumedNodes } from "../lab/clouds/index.ts";
import { programUrl } from "../loading/bundle.mjs";
import { checkout } from "./devLab.ts";
import type { PlannedTableOptions } from "./plannedTable.ts";
import { readStackConfiguration } from "./stackConfiguration.ts";

export interface PlannedStack extends Omit<PlannedTableOptions, "colour"> {
  readonly declared: readonly PlannedResource[];
  /** The names of the compared ways' resources at the top of the tree. */
  readonly names: BySide<string>;
  /** What the program logged as warnings. */
  readonly warnings: readonly string[];
  /** Makes the load balancers of LoadBalancer Services. */
  readonly controller: string;
  readonly comparison: Comparison;
}

/**
 * Assumes a network of three nodes in three zones. Works once per process and stack, because a program runs when it is imported.
 *
 * @param configuration that the program reads. @default the stack's
 */
export async function planStack(
  stack: string,
  configuration: StackConfiguration = readStackConfiguration(checkout, stack),
): Promise<PlannedStack> {
  const nodes = assumedNodes(configuration.values[`${configuration.project}:cloud`]);
  const program = await programUrl();
  const plan = await planProgram(configuration, nodes, (run) => import(`${program}?plan=${run}`));
  const [left, right] = comparedIn(plan);
  const names = { left: topName(left), right: topName(right) };
  const facts = plannedFacts(plan, names);
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
  return {
    declared: plan.declared,
    names,
    warnings: plan.warnings,
    titles: [left.title, right.title],
    cloudTypes: plan.plan.types,
    controller: controllerTitle(plan.cloud, factsIn(facts.right.service)),
    comparison,
  };
}

/** The name of a way's resources at the top of the tree. */
const topName = ({ name }: Pick<Way, "name">): string => name.toLowerCase();

/** The first two ways that the program declares, in the cloud's order; those of a usual stack if there are fewer. */
function comparedIn({ declared, cloud }: ProgramPlan): readonly [Way, Way] {
  // An app has the name of a way as well, and no Service.
  const services = new Set(declared.filter(({ type }) => type === serviceType).map(({ name }) => name));
  const { ways } = cloud;
  const [left, right] = ways.filter((way) => services.has(topName(way)));
  return left === undefined || right === undefined ? usualWays(ways) : [left, right];
}

function controllerTitle(cloud: Cloud, service: ServiceFacts | undefined): string {
  return (service === undefined ? cloud.controllers[0] : controllerOf(cloud, service)).title;
}

/** How many resources will be deployed; components, which only group others, do not count. */
export function countDeclared({ declared }: PlannedStack): number {
  return declared.filter(({ custom }) => custom).length;
}
