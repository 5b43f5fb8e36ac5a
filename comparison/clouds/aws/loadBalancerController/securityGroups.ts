/** The load balancer's security groups. pkg/service/model_build_load_balancer.go (buildLoadBalancerSecurityGroups, buildManageSecurityGroupRulesFlag) */
import { later } from "../../../model/later.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { AwsClusterFacts, RuleFacts } from "../model.ts";
import { annotation, flag, list } from "./annotations.ts";
import { ownGroupName, sharedGroupName } from "./names.ts";
import { admittedSources } from "./sourceRanges.ts";

/** `own`: it makes one for the load balancer. `given`: the Service names some. `none`: it was told not to make any. */
export interface BalancerGroups {
  readonly kind: "own" | "given" | "none";
  /** Groups in which clients are let in. */
  readonly frontend: readonly string[];
  /** The group that all its load balancers share, and that the nodes let in; undefined if the controller does not open the nodes for this load balancer. */
  readonly backend?: string;
}

/** The groups that exist have their ids. Before that, the shared group has its name instead, so that it can be told from the other one. */
export function groupsOf(service: ServiceFacts, cluster: AwsClusterFacts): BalancerGroups {
  if (flag(service, "withoutGroups") === true) return { kind: "none", frontend: [] };
  const given = list(service, "securityGroups") ?? [];
  const backend = idOf(sharedGroupName(cluster), cluster) ?? sharedGroupName(cluster);
  if (given.length === 0) {
    const own = idOf(ownGroupName(service, cluster), cluster) ?? later;
    return { kind: "own", frontend: [own], backend };
  }
  // By default, whoever gives the groups also opens the nodes.
  return {
    kind: "given",
    frontend: given,
    ...(flag(service, "manageNodeRules") === true ? { backend } : {}),
  };
}

/** Groups by their tag Name; more than one can have the same. pkg/networking/security_group_resolver.go (splitIntoSgNameAndIDs) */
export function whyGroupsAreNotKnown(service: ServiceFacts): string | undefined {
  if (flag(service, "withoutGroups") === true) return undefined;
  const names = (list(service, "securityGroups") ?? []).filter((group) => !group.startsWith("sg-"));
  return names.length === 0
    ? undefined
    : `the Service names security groups by their tag Name (${names.join(", ")}), and the source does not tell which ones have it`;
}

function idOf(name: string, { controllerGroups = {} }: AwsClusterFacts): string | undefined {
  return Object.entries(controllerGroups).find(([, each]) => each === name)?.[0];
}

/**
 * What the annotation for path MTU discovery opens: type 2 and code 3. "Fragmentation needed", which it is about, is type 3 and code 4.
 * pkg/shared_constants/icmp.go (ICMPV4TypeForPathMtu, ICMPV4CodeForPathMtu), https://www.iana.org/assignments/icmp-parameters/icmp-parameters.xhtml
 */
export const openedForPathMtu = { ipProtocol: "icmp", fromPort: 2, toPort: 3 };

/** For IPv6 type 0 and code 4. "Packet too big", which it is about, is type 2 and code 0. pkg/shared_constants/icmp.go, https://www.iana.org/assignments/icmpv6-parameters/icmpv6-parameters.xhtml */
export const openedForPathMtuOfIpv6 = { ipProtocol: "icmpv6", fromPort: 0, toPort: 4 };

/** The inbound rules of the group that it makes: without a description, so nothing marks them as the controller's. model_build_managed_sg.go */
export function balancerRules(service: ServiceFacts, { kind, frontend }: BalancerGroups): RuleFacts[] {
  const [securityGroup] = frontend;
  if (kind !== "own" || securityGroup === undefined) return [];
  const sources = admittedSources(service);
  const ports = service.ports.map(({ protocol, port }) => ({
    ipProtocol: protocol.toLowerCase(),
    fromPort: port,
    toPort: port,
  }));
  const isRange = (source: string): boolean => source.includes("/");
  const rule = (traffic: (typeof ports)[number], source: string): RuleFacts => ({
    identity: { name: later, id: later },
    owner: "other",
    securityGroup,
    ...traffic,
    source,
  });
  return [
    ...ports.flatMap((port) => sources.map((source) => rule(port, source))),
    // Prefix lists get no such rule.
    ...(annotation(service, "pathMtu") === "on"
      ? sources
          .filter(isRange)
          .map((source) => rule(source.includes(":") ? openedForPathMtuOfIpv6 : openedForPathMtu, source))
      : []),
  ];
}
