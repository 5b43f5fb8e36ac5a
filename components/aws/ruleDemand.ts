import type { ProviderResource } from "@pulumi/pulumi";
import { runtime } from "@pulumi/pulumi";
import type { ControllerRules } from "./controllerRules.ts";
import { combined, noControllerRules } from "./controllerRules.ts";

/** The rules that a run of a program has requested so far. */
interface Demand {
  /** Declared by the program, by security group. */
  readonly declared: Map<string, number>;
  /** Added by cloud controllers, by the provider of their cluster; undefined is the default provider. */
  readonly ofControllers: Map<ProviderResource | undefined, ControllerRules>;
}

/** One entry per run of a program: each run has its own connection to the engine. */
const demands = new WeakMap<object, Demand>();

/** Without a connection nothing can be declared, so nothing is counted. */
function demandOfThisRun(): Demand {
  const run = runtime.getMonitor();
  const demand = (run && demands.get(run)) ?? { declared: new Map(), ofControllers: new Map() };
  if (run !== undefined) demands.set(run, demand);
  return demand;
}

/**
 * How many rules this program has declared in a security group so far. The quota is the group's, and no load balancer knows what others
 * need. Because they are counted here, a preview refuses the first rule too many, before AWS does halfway through an update.
 */
export const rulesDeclared = (securityGroupId: string): number =>
  demandOfThisRun().declared.get(securityGroupId) ?? 0;

export function countRules(securityGroupId: string, rules: number): void {
  const { declared } = demandOfThisRun();
  declared.set(securityGroupId, (declared.get(securityGroupId) ?? 0) + rules);
}

/**
 * The least that the AWS cloud controller manager adds for this program's Services. The nodes' group is not known here, but it is the
 * same for all Services of a cluster, and so of a provider.
 */
export const controllerRulesAsked = (cluster: ProviderResource | undefined): ControllerRules =>
  demandOfThisRun().ofControllers.get(cluster) ?? noControllerRules;

export function countControllerRules(cluster: ProviderResource | undefined, rules: ControllerRules): void {
  demandOfThisRun().ofControllers.set(cluster, combined(controllerRulesAsked(cluster), rules));
}
