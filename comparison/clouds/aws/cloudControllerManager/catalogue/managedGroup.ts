/**
 * The security group of a load balancer, if the controller is configured to make one. The hand-made way has none, so only the nodes' rules say who is let in. The entry
 * explains the group only where both let in the same clients to the same ports, at the load balancer and at the nodes.
 */
import type { Entry, Pair } from "../../../../difference/entry.ts";
import { factsIn } from "../../../../model/sourceResult.ts";
import { doorsOf, entrancesTo, opens, opensOnly, pathMtu, rulesOn } from "../../admission/doors.ts";
import { rowsOf } from "../../admission/ruleRows.ts";
import { equalDoors, letsInTheSame } from "../../admission/sameClients.ts";
import { enforcement } from "../../admission/securityGroups.ts";
import { isRange } from "../../../../clientSources.ts";
import { enforcedOnPrivateLink } from "../../defaults.ts";
import type { Aws, RuleFacts } from "../../model.ts";

export const managedGroup: Entry<Aws> = {
  id: "managed-security-group",
  why: "The cloud controller manager's configuration has NLBSecurityGroupMode=Managed: it gives a new load balancer a security group, which lets the same clients in to the listeners as the nodes let in to the node ports. The hand-made load balancer has no group.",
  affects:
    "whoever counts rules; pods and nodes of this cluster, which a load balancer without a group lets in like each other; and hosts in the load balancer's subnets outside of the source ranges: the nodes' rules for health checks let them in by way of a load balancer without a group",
  remedy: null,
  source:
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws.go (ensureNLBSecurityGroup, ensureNLBSecurityGroupRules)",
  detail: (pair) =>
    letsClientsInDirectly(pair)
      ? "the nodes' rules for clients are there all the same, so clients can connect to the node ports past the load balancer and its group"
      : "the nodes let in the group only, so the node ports are closed to direct access",
  expects(pair) {
    const path = "loadBalancer / securityGroups";
    const [byHand, made] = [factsIn(pair.left.loadBalancer), factsIn(pair.right.loadBalancer)];
    if (byHand?.securityGroups.length !== 0 || made?.securityGroups.length !== 1) return [];
    if (!letsInTheSame(pair) || !equalDoors(pair).has(pathMtu.name)) return [];
    return [
      { path, left: "none", right: pair.values.right.get(path) ?? null },
      // An empty list on the left has a value of its own.
      { path: "firewall / loadBalancer", left: "none", right: null },
      { path: enforcement, left: null, right: enforcedOnPrivateLink },
      ...rowsOf(pair, "right", "loadBalancer", rulesOfListeners(pair)),
    ];
  },
};

/** Those for a listener's port, or path MTU discovery, and nothing more. */
function rulesOfListeners({ right, roles }: Pair<Aws>): RuleFacts[] {
  const entrances = doorsOf(right, roles.right)
    .filter(({ isForClients }) => isForClients)
    .flatMap((door) => entrancesTo(door, right));
  return (factsIn(right.firewall)?.loadBalancer ?? []).filter((rule) =>
    entrances.some((entrance) => opensOnly(rule, entrance)),
  );
}

function letsClientsInDirectly({ right, roles }: Pair<Aws>): boolean {
  const doors = doorsOf(right, roles.right).filter(
    ({ isForClients, port }) => isForClients && port !== undefined,
  );
  return rulesOn(right).some((rule) => isRange(rule.source) && doors.some((door) => opens(rule, door)));
}
