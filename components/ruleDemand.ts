import { runtime } from "@pulumi/pulumi";

/** Rules by security group, for each run of a program: each has a connection of its own to the engine. */
const demands = new WeakMap<object, Map<string, number>>();

/** Without a connection nothing can be declared, and nothing is counted. */
function demandOfThisRun(): Map<string, number> {
  const run = runtime.getMonitor();
  const demand = (run && demands.get(run)) ?? new Map<string, number>();
  if (run !== undefined) demands.set(run, demand);
  return demand;
}

/**
 * How many rules this program has asked for in a security group until now. A quota is the group's, and no load balancer sees what
 * others need of it: counted here, the one too many is refused by a preview, and not by AWS half way through an update.
 */
export const rulesDeclared = (securityGroupId: string): number => demandOfThisRun().get(securityGroupId) ?? 0;

export function countRules(securityGroupId: string, rules: number): void {
  const demand = demandOfThisRun();
  demand.set(securityGroupId, (demand.get(securityGroupId) ?? 0) + rules);
}
