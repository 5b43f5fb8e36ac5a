/** Compares the ways of a planned stack. */
import { controllerOf } from "../comparison/clouds/cloud.ts";
import type { Cloud } from "../comparison/clouds/cloud.ts";
import { conclude } from "../comparison/conclude.ts";
import type { ServiceFacts } from "../comparison/model/service.ts";
import { factsIn } from "../comparison/model/sourceResult.ts";
import { plannedFacts } from "../comparison/plan/facts.ts";
import { nothingAsked } from "../comparison/probes/probes.ts";
import type { BySide } from "../comparison/result/bySide.ts";
import type { Comparison } from "../comparison/result/comparison.ts";
import { topName } from "./plannedStack.ts";
import type { PlannedStack } from "./plannedStack.ts";
import type { PlannedTableOptions } from "./plannedTable.ts";

export interface PlannedComparison extends Omit<PlannedTableOptions, "colour"> {
  /** The names of the compared ways' resources at the top of the tree. */
  readonly names: BySide<string>;
  /** Makes the load balancers of LoadBalancer Services. */
  readonly controller: string;
  readonly comparison: Comparison;
}

/**
 * The first two ways of the stack.
 *
 * @throws if it has fewer
 */
export function comparePlanned({ stack, ways, ...plan }: PlannedStack): PlannedComparison {
  const [left, right] = ways;
  if (left === undefined || right === undefined)
    throw new Error(
      `the stack ${stack} has ${left === undefined ? "no way" : `one way, ${left.title}`}, and a comparison needs two; give weightedName.weights in Pulumi.${stack}.yaml a weight for another`,
    );
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
    names,
    titles: [left.title, right.title],
    cloudTypes: plan.plan.types,
    controller: controllerTitle(plan.cloud, factsIn(facts.right.service)),
    comparison,
  };
}

function controllerTitle(cloud: Cloud, service: ServiceFacts | undefined): string {
  return (service === undefined ? cloud.controllers[0] : controllerOf(cloud, service)).title;
}
