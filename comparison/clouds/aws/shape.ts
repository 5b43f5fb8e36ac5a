/** How Network Load Balancers and security groups are compared and shown. */
import { showAddress } from "../../difference/clusterAspects.ts";
import { consequences } from "./consequences.ts";
import { shapeWith } from "../../difference/clusterShape.ts";
import { absent, counted, pairs } from "../../difference/inWords.ts";
import { listenerKey } from "../../difference/objectNames.ts";
import type { ObjectNames } from "../../difference/objectNames.ts";
import { compareText } from "../../difference/roles.ts";
import type { Roles } from "../../difference/roles.ts";
import type { AspectRow, Shape, Show } from "../../difference/shape.ts";
import type { ListenerFacts, MemberFacts } from "../../model/loadBalancer.ts";
import { factsIn } from "../../model/sourceResult.ts";
import { annotationNames } from "./cloudControllerManager/annotations.ts";
import { healthCheckOf, loadBalancerAttributesOf, targetGroupAttributes } from "./defaults.ts";
import { ruleInWords, trafficInWords } from "./ruleInWords.ts";
import type {
  AwsExposure,
  NlbFacts,
  NlbListenerFacts,
  RuleFacts,
  TargetGroupFacts,
  ZoneFacts,
} from "./model.ts";

type AwsShow = (exposure: AwsExposure, subject: string) => string | undefined;

/** The facts that reach this table are AWS's own: its shape is asked for no others. */
function show(ofAws: AwsShow): Show {
  return ofAws as Show;
}

function ofLoadBalancer(inWords: (loadBalancer: NlbFacts) => string): Show {
  return show(({ loadBalancer }) => {
    const facts = factsIn(loadBalancer);
    return facts === undefined ? undefined : inWords(facts);
  });
}

/** Of the target groups that a listener forwards to. */
function ofTargetGroups(inWords: (group: TargetGroupFacts) => string): Show {
  return show((exposure, listener) => {
    const groups = groupsOf(exposure, listener);
    return groups.length === 0 ? absent : groups.map(inWords).join("; ");
  });
}

function groupsOf({ loadBalancer }: AwsExposure, listener: string): TargetGroupFacts[] {
  const { listeners = [], pools = [] } = factsIn(loadBalancer) ?? {};
  const used = new Set(
    listeners
      .filter((each) => [listenerKey(each), `port ${each.port}`].includes(listener))
      .flatMap(({ forwardsTo }) => forwardsTo),
  );
  return pools.filter(({ identity }) => used.has(identity.id));
}

/** With externalTrafficPolicy Local, as many targets are healthy as nodes have a ready pod. */
function targetsInWords({ service, endpoints }: AwsExposure, groups: readonly TargetGroupFacts[]): string {
  if (groups.length === 0) return absent;
  const isLocal = factsIn(service)?.externalTrafficPolicy === "Local";
  const withPods = new Set((factsIn(endpoints) ?? []).filter(({ ready }) => ready).map(({ node }) => node));
  return groups
    .map(({ members }) => {
      const lines = members.map(({ id, state }) => `${id} ${state}`);
      const healthy = members.filter(({ state }) => state === "healthy").length;
      const isAsItHasToBe = isLocal && healthy < members.length && healthy === withPods.size;
      const count = `${healthy} of ${members.length} healthy, as it has to be: the policy is Local`;
      return [...lines, ...(isAsItHasToBe ? [count] : [])].join("\n");
    })
    .join("; ");
}

const aspects: readonly AspectRow[] = [
  {
    of: /^loadBalancer \/ owner$/,
    section: "load balancer",
    title: "made by",
    show: ofLoadBalancer(({ owner }) => owner),
  },
  {
    of: /^loadBalancer \/ (?:type|scheme|ipAddressType|state|vpc)$/,
    section: "load balancer",
    title: "kind and state",
    show: ofLoadBalancer(
      ({ type, scheme, ipAddressType, state }) => `${type}, ${scheme}, ${ipAddressType}, ${state}`,
    ),
  },
  {
    of: /^loadBalancer \/ zones/,
    section: "load balancer",
    title: "zones and subnets",
    show: ofLoadBalancer(({ zones }) =>
      zones
        .map(({ zone, addresses, elasticAddresses = [], ipv6Addresses = [] }) =>
          [zone, ...addresses, ...elasticAddresses, ...ipv6Addresses].join(" "),
        )
        .join("\n"),
    ),
  },
  {
    of: /^loadBalancer \/ enablePrefixForIpv6SourceNat$/,
    section: "load balancer",
    title: "IPv6 prefixes for source NAT",
    show: ofLoadBalancer((balancer) => balancer.enablePrefixForIpv6SourceNat ?? absent),
  },
  { of: /^loadBalancer \/ otherListeners$/, section: "load balancer", title: "listeners of other Services" },
  { of: /^loadBalancer \/ securityGroups$/, section: "load balancer", title: "security groups" },
  {
    of: /^loadBalancer \/ enforceSecurityGroupInboundRulesOnPrivateLinkTraffic$/,
    section: "load balancer",
    title: "their rules on PrivateLink traffic",
  },
  {
    of: /^loadBalancer \/ attributes/,
    section: "load balancer",
    title: "attributes",
    show: ofLoadBalancer((balancer) =>
      attributesBeside(balancer.attributes, loadBalancerAttributesOf(balancer)),
    ),
  },
  {
    of: /^loadBalancer \/ tags/,
    section: "load balancer",
    title: "tags",
    show: ofLoadBalancer(({ tags }) => pairs(tags)),
  },
  { of: /^loadBalancer \/ dnsName$/, section: "name", title: "DNS name", show: showAddress },
  {
    of: /^loadBalancer \/ listeners \/ (.+?) \/ (?:certificates|sslPolicy|alpnPolicy)/,
    section: "listeners",
    title: "$1: TLS",
    show: show(({ loadBalancer }, subject) =>
      (factsIn(loadBalancer)?.listeners ?? [])
        .filter((listener) => listenerKey(listener) === subject)
        .map(tlsInWords)
        .join("; "),
    ),
  },
  {
    of: /^loadBalancer \/ listeners \/ (.+?) \//,
    section: "listeners",
    title: "$1",
    show: ofLoadBalancer(({ listeners }) => listeners.map(listenerKey).join(", ")),
  },
  {
    of: ofTargetGroup("healthCheck"),
    section: "listeners",
    title: "$1: health check",
    show: ofTargetGroups(({ healthCheck: check }) =>
      [
        `${check.protocol} ${check.port}${check.path ?? ""}`,
        ...(check.matcher === healthCheckOf(check.protocol).matcher ? [] : [`answered by ${check.matcher}`]),
        `every ${check.intervalSeconds} s`,
        `time-out ${check.timeoutSeconds} s`,
        `${check.healthyThresholdCount}/${check.unhealthyThresholdCount} in a row`,
      ].join(", "),
    ),
  },
  {
    of: ofTargetGroup("attributes"),
    section: "listeners",
    title: "$1: group's attributes",
    show: ofTargetGroups(({ attributes, protocol, targetType }) =>
      attributesBeside(attributes, targetGroupAttributes(protocol, targetType)),
    ),
  },
  {
    of: ofTargetGroup("tags"),
    section: "listeners",
    title: "$1: group's tags",
    show: ofTargetGroups(({ tags }) => pairs(tags)),
  },
  {
    of: ofTargetGroup("targets"),
    section: "listeners",
    title: "$1: targets",
    show: show((exposure, listener) => targetsInWords(exposure, groupsOf(exposure, listener))),
  },
  {
    of: /^loadBalancer \/ targetGroups \/ <target group (?:of )?(.+?)>/,
    section: "listeners",
    title: "$1: target group",
    show: ofTargetGroups(
      ({ identity, protocol, port, targetType }) =>
        `${identity.name}: ${protocol} ${port}, targets by ${targetType}`,
    ),
  },
  {
    of: /^firewall \/ nodes/,
    section: "firewall",
    title: "rules on the nodes",
    show: show(({ firewall }) => factsIn(firewall)?.nodes.map(ruleInWords).sort(compareText).join("\n")),
  },
  {
    of: /^firewall \/ loadBalancer/,
    section: "firewall",
    title: "rules of the load balancer",
    show: show(({ firewall }) => {
      const rules = factsIn(firewall)?.loadBalancer;
      return rules?.length === 0 ? "none" : rules?.map(ruleInWords).sort(compareText).join("\n");
    }),
  },
];

function ofTargetGroup(field: string): RegExp {
  return new RegExp(`^loadBalancer / targetGroups / <target group (?:of )?(.+?)>.* / ${field}`);
}

/** The default certificate first. */
export function tlsInWords({ certificates, sslPolicy, alpnPolicy }: NlbListenerFacts): string {
  const [first, ...others] = certificates;
  if (first === undefined) return absent;
  return [
    `certificate ${first}`,
    ...(others.length === 0 ? [] : [`by SNI ${others.join(", ")}`]),
    `policy ${sslPolicy ?? ""}`,
    ...(alpnPolicy.length === 0 ? [] : [`ALPN ${alpnPolicy.join(", ")}`]),
  ].join(", ");
}

/** How many there are, and those that differ from what AWS sets by default. */
function attributesBeside(
  attributes: Readonly<Record<string, string>>,
  defaults: Readonly<Record<string, string>>,
): string {
  const set = Object.entries(attributes).filter(([name, value]) => defaults[name] !== value);
  const count = counted(Object.keys(attributes).length, "attribute");
  return set.length === 0 ? `${count} as AWS sets them` : `${count}: ${pairs(Object.fromEntries(set))}`;
}

export function ruleKey(
  {
    securityGroup,
    ipProtocol,
    fromPort,
    toPort,
    source,
  }: Pick<RuleFacts, "securityGroup" | "ipProtocol" | "fromPort" | "toPort" | "source">,
  roles: Roles,
): string {
  const traffic = trafficInWords({ ipProtocol, fromPort, toPort }, roles.nodePort);
  return `${roles.text(securityGroup)}: ${traffic} from ${roles.text(source)}`;
}

/** A load balancer's own group: what decides is what its rules let in. Several cannot be told apart. */
function groupRoles([id, ...others]: readonly string[]): [string, string][] {
  return id === undefined || others.length > 0 ? [] : [[id, "own security group"]];
}

function targetGroupRole(id: string, listeners: readonly ListenerFacts[], names: ObjectNames): string {
  const all = listeners.filter(({ forwardsTo }) => forwardsTo.includes(id));
  // One more listener for the same group does not make it another group.
  const shared = all.filter(names.isShared);
  const users = (shared.length === 0 ? all : shared).map(names.listener);
  return users.length === 0
    ? "target group without a listener"
    : `target group of ${users.sort().join(", ")}`;
}

export const shape: Shape = shapeWith({
  words: {
    "loadBalancer / address": "dnsName",
    "loadBalancer / pools": "targetGroups",
    "loadBalancer / targetGroups / * / members": "targets",
  },
  memberKind: "loadBalancer / targetGroups / * / targetType",
  ownNames: [
    "loadBalancer / identity",
    "loadBalancer / listeners / * / identity",
    "loadBalancer / targetGroups / * / identity",
    "firewall / nodes / * / identity",
    "firewall / loadBalancer / * / identity",
  ],
  nouns: {
    "loadBalancer / listeners": "listener",
    "loadBalancer / targetGroups": "target group",
    "loadBalancer / zones": "zone",
    "loadBalancer / targetGroups / * / targets": "target",
    "firewall / nodes": "rule on the nodes",
    "firewall / loadBalancer": "rule of the load balancer",
  },
  instructions: new Set(Object.values(annotationNames)),
  nodePorts: [
    "loadBalancer / targetGroups / * / port",
    "loadBalancer / targetGroups / * / healthCheck / port",
    "loadBalancer / targetGroups / * / targets / * / port",
    "firewall / nodes / * / fromPort",
    "firewall / nodes / * / toPort",
  ],
  // The first one is the default: clients get it whose name no other one is for.
  ordered: new Set(["loadBalancer / listeners / * / certificates"]),
  // AWS may have added attributes since the model was written.
  openRecords: / \/ (tags|attributes) \/ /,
  keys: {
    "loadBalancer / zones": ({ zone }: ZoneFacts) => zone,
    "loadBalancer / listeners": (listener: ListenerFacts, { names }) => names.listener(listener),
    "loadBalancer / targetGroups": ({ identity }: TargetGroupFacts, roles) => roles.text(identity.id),
    "loadBalancer / targetGroups / * / targets": ({ id }: MemberFacts, roles) => roles.text(id),
    "firewall / nodes": ruleKey,
    "firewall / loadBalancer": ruleKey,
  },
  roles: ({ address, identity, zones, listeners, pools, securityGroups }: NlbFacts, names) => [
    [address, "own DNS name"],
    [identity.id, "own load balancer"],
    ...groupRoles(securityGroups),
    ...zones.flatMap(
      ({ zone, addresses, elasticAddresses = [], ipv6Addresses = [], sourceNatIpv6Prefixes = [] }) => [
        ...elasticAddresses.map((each): [string, string] => [each, `Elastic IP address in ${zone}`]),
        ...addresses.map((each): [string, string] => [each, `address in ${zone}`]),
        ...ipv6Addresses.map((each): [string, string] => [each, `IPv6 address in ${zone}`]),
        ...sourceNatIpv6Prefixes.map((each): [string, string] => [each, `prefix for source NAT in ${zone}`]),
      ],
    ),
    ...pools.map(({ identity: { id } }): [string, string] => [id, targetGroupRole(id, listeners, names)]),
  ],
  chosen: /^(?:IPv6 |Elastic IP )?address in |^prefix for source NAT in /,
  aspects,
  consequences,
});
