import type { ProviderResource } from "@pulumi/pulumi";
import { runtime } from "@pulumi/pulumi";
import type { ControllerRules } from "./controllerRules.ts";
import { noControllerRules, together } from "./controllerRules.ts";

/** The rules that a run of a program has asked for until now. */
interface Demand {
  /** By itself, by security group. */
  readonly declared: Map<string, number>;
  /** Of cloud controllers, by the provider of their cluster; undefined is the default provider. */
  readonly ofControllers: Map<ProviderResource | undefined, ControllerRules>;
}

/** For each run of a program: each has a connection of its own to the engine. */
const demands = new WeakMap<object, Demand>();

/** Without a connection nothing can be declared, and nothing is counted. */
function demandOfThisRun(): Demand {
  const run = runtime.getMonitor();
  const demand = (run && demands.get(run)) ?? { declared: new Map(), ofControllers: new Map() };
  if (run !== undefined) demands.set(run, demand);
  return demand;
}

/**
 * How many rules this program has asked for in a security group until now. A quota is the group's, and no load balancer sees what
 * others need of it: counted here, the one too many is refused by a preview, and not by AWS half way through an update.
 */
export const rulesDeclared = (securityGroupId: string): number =>
  demandOfThisRun().declared.get(securityGroupId) ?? 0;

export function countRules(securityGroupId: string, rules: number): void {
  const { declared } = demandOfThisRun();
  declared.set(securityGroupId, (declared.get(securityGroupId) ?? 0) + rules);
}

/**
 * The same of what the cloud controller adds for this program's Services at least. Their nodes' group is not known here, but it is the same for all
 * Services of a cluster, and so of a provider.
 */
export const controllerRulesAsked = (cluster: ProviderResource | undefined): ControllerRules =>
  demandOfThisRun().ofControllers.get(cluster) ?? noControllerRules;

export function countControllerRules(cluster: ProviderResource | undefined, rules: ControllerRules): void {
  demandOfThisRun().ofControllers.set(cluster, together(controllerRulesAsked(cluster), rules));
}
