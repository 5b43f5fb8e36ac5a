/** Plans a stack by running its program alone, without lab, Pulumi CLI or cloud. */
import type { Way } from "../comparison/clouds/way.ts";
import type { StackConfiguration } from "../comparison/plan/configuration.ts";
import { planProgram } from "../comparison/plan/plan.ts";
import type { PlanningRun } from "../comparison/plan/plan.ts";
import { serviceType } from "../comparison/plan/resources.ts";
import { assumedNodes } from "../lab/clouds/index.ts";
import { programUrl } from "../loading/bundle.mjs";
import { checkout } from "./devLab.ts";
import { readStackConfiguration } from "./stackConfiguration.ts";

export interface PlannedStack extends PlanningRun {
  readonly stack: string;
  /** Those that the program declares, in the cloud's order. */
  readonly ways: readonly Way[];
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
  return { ...plan, stack, ways: waysIn(plan) };
}

/** The name of a way's resources at the top of the tree. */
export const topName = ({ name }: Pick<Way, "name">): string => name.toLowerCase();

export function waysIn({ declared, cloud }: Pick<PlanningRun, "declared" | "cloud">): Way[] {
  // An app has the name of a way as well, and no Service.
  const services = new Set(declared.filter(({ type }) => type === serviceType).map(({ name }) => name));
  return cloud.ways.filter((way) => services.has(topName(way)));
}

/** How many resources will be deployed; components, which only group others, do not count. */
export function countDeclared({ declared }: Pick<PlannedStack, "declared">): number {
  return declared.filter(({ custom }) => custom).length;
}
