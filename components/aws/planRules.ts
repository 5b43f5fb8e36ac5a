/** How many rules a plan adds to the nodes' security group and to the load balancer's own, and whether AWS allows as many. */
import type { ProviderResource } from "@pulumi/pulumi";
import type { Problem } from "../core/validation.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { pathMtuRangesOf } from "./firewallRules.ts";
import type { Joinable } from "./joinable.ts";
import type { ListenerPlan } from "./listenerPlan.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import { ownGroupQuotaProblems, ruleQuotaProblems } from "./quotas.ts";
import { countRules, rulesDeclared } from "./ruleDemand.ts";
import { countedRules, sourcesPath } from "./ruleSources.ts";

interface Planned {
  /** Those of the load balancer included. */
  readonly options: NetworkLoadBalancerOptions;
  readonly network: Pick<ClusterNetwork, "nodeSecurityGroupId">;
}

/** @param joinable the load balancer that the exposure joins. @default a new one */
function added({ firewall }: ListenerPlan, securityGroupId: string, joinable?: Joinable) {
  const { fixed, own, ofOwnGroup } = firewall;
  const missing = joinable?.onNodes(securityGroupId).missing(fixed) ?? fixed;
  const missingOfGroup = joinable?.inOwnGroup?.missing(ofOwnGroup.fixed) ?? ofOwnGroup.fixed;
  return {
    onNodes: countedRules([...own({}), ...missing]),
    missing,
    pathMtuRanges: pathMtuRangesOf(missing),
    ofOwnGroup: countedRules([...ofOwnGroup.own, ...missingOfGroup]),
  };
}

export function planRuleProblems(
  plan: ListenerPlan,
  { options, network: { nodeSecurityGroupId } }: Planned,
  joinable?: Joinable,
): Problem[] {
  const { securityGroups, quotas } = options;
  const propertyPath = sourcesPath(options);
  const { onNodes, ofOwnGroup } = added(plan, nodeSecurityGroupId, joinable);
  return [
    ...ruleQuotaProblems(
      {
        propertyPath,
        rules: onNodes,
        others: rulesDeclared(nodeSecurityGroupId),
        ...(securityGroups === undefined
          ? { fix: 'merge ranges, remove ports, set securityGroups to "own"' }
          : {}),
      },
      quotas,
    ),
    ...ownGroupQuotaProblems(
      { propertyPath, rules: ofOwnGroup, others: joinable?.ownGroupRules ?? 0 },
      quotas,
    ),
  ];
}

/** Counts the rules, so that the program's next load balancers and exposures know of them. Call it before they are declared. */
export function countPlan(
  plan: ListenerPlan,
  {
    network: { nodeSecurityGroupId },
    cluster,
  }: Pick<Planned, "network"> & { readonly cluster: ProviderResource | undefined },
  joinable: Joinable,
): void {
  const { onNodes, missing, pathMtuRanges, ofOwnGroup } = added(plan, nodeSecurityGroupId, joinable);
  joinable.ownGroupRules += ofOwnGroup;
  countRules(nodeSecurityGroupId, cluster, {
    rules: onNodes,
    // The controller would make these rules as well, and finds them.
    pathMtuRanges,
    subnetCidrs: joinable.subnetCidrs,
    // No other load balancer has a group of this one's own.
    ...(joinable.front.groups.own === undefined
      ? { shared: new Map(missing.map(({ key }) => [key, joinable])) }
      : {}),
  });
}
