/**
 * The load balancer's security groups. The hand-made way has none: clients are let in by rules on the nodes. Here clients are let in to the load balancer, and the
 * load balancer to the nodes. These entries explain the rules only where both let in the same clients to the same ports.
 */
import type { Entry, Pair } from "../../../../difference/entry.ts";
import { factsIn } from "../../../../model/sourceResult.ts";
import { doorsOf, opens, opensOnly, pathMtu as pathMtuDoor, rulesOn } from "../../admission/doors.ts";
import { rowsOf } from "../../admission/ruleRows.ts";
import { letsInTheSame } from "../../admission/sameClients.ts";
import { enforcement } from "../../admission/securityGroups.ts";
import { enforcedOnPrivateLink } from "../../defaults.ts";
import type { Aws, NlbFacts, RuleFacts } from "../../model.ts";
import { annotationNames } from "../annotations.ts";
import { balancerRules, groupsOf, openedForPathMtu, openedForPathMtuOfIpv6 } from "../securityGroups.ts";
import { upstream } from "../upstream.ts";

export const groups: Entry<Aws> = {
  id: "security-groups-of-the-load-balancer",
  why: "The AWS Load Balancer Controller gives its load balancer two security groups: one lets the clients in, and the nodes let in the other. The hand-made load balancer has none, so the nodes let the clients in.",
  affects:
    "whoever connects to a node port past the load balancer: only the hand-made way's rules let clients in there; pods and nodes of this cluster, which a load balancer without groups lets in like each other; and whoever counts rules on the nodes",
  remedy: null,
  source: upstream("pkg/service/model_build_load_balancer.go", "buildLoadBalancerSecurityGroups"),
  detail: (pair) =>
    [pair.left, pair.right].every((exposure) => rulesOn(exposure).some((rule) => opens(rule, pathMtuDoor)))
      ? "the load balancer's group lets no path MTU discovery in, which the nodes' rules do"
      : undefined,
  expects(pair) {
    const balancer = balancerWithOwnGroups(pair);
    if (balancer === undefined || !letsInTheSame(pair)) return [];
    const { left, right } = pair.values;
    const path = "loadBalancer / securityGroups";
    const own = ownRules(pair);
    return [
      { path, left: left.get(path) ?? null, right: right.get(path) ?? null },
      // An empty list on the left has a value of its own.
      { path: "firewall / loadBalancer", left: "none", right: null },
      { path: enforcement, left: null, right: enforcedOnPrivateLink },
      ...rowsOf(
        pair,
        "right",
        "loadBalancer",
        (factsIn(pair.right.firewall)?.loadBalancer ?? []).filter((rule) =>
          own.some((each) => areAlike(each, rule)),
        ),
      ),
      ...rowsOf(
        pair,
        "right",
        "nodes",
        rulesOn(pair.right).filter(
          (rule) => balancer.securityGroups.includes(rule.source) && opensPort(rule, pair),
        ),
      ),
    ];
  },
};

export const sourceRanges: Entry<Aws> = {
  id: "source-ranges-in-service",
  why: "A LoadBalancer Service lists the client ranges, and the controller opens the load balancer's group for them. The hand-made way opens the same ranges with rules in the program.",
  affects: "nobody: the same clients are let in",
  remedy: null,
  source: upstream("pkg/service/model_build_managed_sg.go", "buildCIDRsFromSourceRanges"),
  expects(pair) {
    const path = "service / loadBalancerSourceRanges";
    return letsInTheSame(pair) ? [{ path, left: "none", right: pair.values.right.get(path) ?? null }] : [];
  },
};

export const pathMtu: Entry<Aws> = {
  id: "path-mtu-discovery",
  why: "The hand-made way lets path MTU discovery in to the nodes. The AWS Load Balancer Controller never does, and its annotation for it opens another type of ICMP on the load balancer.",
  affects: "clients behind a path with a smaller MTU, if large answers to them are not segmented otherwise",
  remedy: `add rules for ICMP type 3, code 4, and for IPv6 ICMPv6 type 2, code 0, by hand: on the nodes, and in groups of the load balancer that ${annotationNames.securityGroups} names`,
  source: upstream("pkg/shared_constants/icmp.go"),
  expects(pair) {
    if (balancerOfOwnGroups(pair) === undefined) return [];
    if (rulesOn(pair.right).some((rule) => opens(rule, pathMtuDoor))) return [];
    const onlyIcmp = (rules: readonly RuleFacts[]) =>
      rules.filter((rule) => isPacketTooBig(rule) || opensOnly(rule, pathMtuDoor));
    const [ofLeft = [], ofRight = []] = [pair.left, pair.right].map(
      ({ firewall }) => factsIn(firewall)?.loadBalancer,
    );
    return [
      ...rowsOf(pair, "left", "nodes", onlyIcmp(rulesOn(pair.left))),
      ...rowsOf(pair, "left", "loadBalancer", onlyIcmp(ofLeft)),
      // Beside a load balancer without groups, they come with the groups.
      ...(balancerWithOwnGroups(pair) === undefined
        ? rowsOf(pair, "right", "loadBalancer", ofRight.filter(isForPathMtu))
        : []),
    ];
  },
};

/** What the annotation opens: a type of ICMP that nobody sends. https://www.iana.org/assignments/icmp-parameters/icmp-parameters.xhtml */
function isForPathMtu(rule: RuleFacts): boolean {
  return [openedForPathMtu, openedForPathMtuOfIpv6].some((opened) =>
    (["ipProtocol", "fromPort", "toPort"] as const).every((field) => rule[field] === opened[field]),
  );
}

/** The same over IPv6. https://www.iana.org/assignments/icmpv6-parameters/icmpv6-parameters.xhtml */
function isPacketTooBig({ ipProtocol, fromPort, toPort }: RuleFacts): boolean {
  return ipProtocol === "icmpv6" && fromPort === 2 && toPort === 0;
}

function balancerWithOwnGroups(pair: Pair<Aws>): NlbFacts | undefined {
  const byHand = factsIn(pair.left.loadBalancer);
  return byHand?.securityGroups.length === 0 ? balancerOfOwnGroups(pair) : undefined;
}

/** Only then does the model know the groups' rules. */
function balancerOfOwnGroups({ facts, right }: Pair<Aws>): NlbFacts | undefined {
  const [cluster, service] = [factsIn(facts.cluster), factsIn(right.service)];
  const made = factsIn(right.loadBalancer);
  if (cluster === undefined || service === undefined) return undefined;
  const { kind, frontend } = groupsOf(service, cluster);
  return kind === "own" && made?.securityGroups.length === frontend.length + 1 ? made : undefined;
}

/** Rules from the load balancer's groups. One can be for a range, which holds the ports of the controller's other load balancers as well. */
function opensPort(rule: RuleFacts, { right, roles }: Pair<Aws>): boolean {
  const ports = doorsOf(right, roles.right).filter(({ port }) => port !== undefined);
  return rule.ipProtocol !== "-1" && ports.some((door) => opens(rule, door));
}

function ownRules({ facts, right }: Pair<Aws>): RuleFacts[] {
  const [cluster, service] = [factsIn(facts.cluster), factsIn(right.service)];
  return cluster === undefined || service === undefined
    ? []
    : balancerRules(service, groupsOf(service, cluster));
}

function areAlike(a: RuleFacts, b: RuleFacts): boolean {
  return (["ipProtocol", "fromPort", "toPort", "source"] as const).every((field) => a[field] === b[field]);
}
