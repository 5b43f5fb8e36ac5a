/** How Octavia's load balancers and Neutron's security groups are compared and shown. */
import { showAddress } from "../../difference/clusterAspects.ts";
import { shapeWith } from "../../difference/clusterShape.ts";
import { isSameChange } from "../../difference/consequences.ts";
import type { Consequence } from "../../difference/consequences.ts";
import { absent, pairs } from "../../difference/inWords.ts";
import { listenerKey } from "../../difference/objectNames.ts";
import { compareText } from "../../difference/roles.ts";
import type { Roles } from "../../difference/roles.ts";
import type { AspectRow, Shape, Show } from "../../difference/shape.ts";
import type { Exposure } from "../../model/exposure.ts";
import type { ListenerFacts, MemberFacts } from "../../model/loadBalancer.ts";
import { factsIn } from "../../model/sourceResult.ts";
import { annotationNames } from "./cloudControllerManager/annotations.ts";
import type {
  OctaviaFacts,
  OctaviaListenerFacts,
  OctaviaMemberFacts,
  OctaviaPoolFacts,
  OpenStack,
  RuleFacts,
} from "./model.ts";

/** The facts that reach this table are OpenStack's own: its shape is asked for no others. */
const show = (inWords: (exposure: Exposure<OpenStack>, subject: string) => string | undefined): Show =>
  inWords as Show;

const ofLoadBalancer = (inWords: (loadBalancer: OctaviaFacts) => string): Show =>
  show(({ loadBalancer }) => {
    const facts = factsIn(loadBalancer);
    return facts === undefined ? undefined : inWords(facts);
  });

const ofListener = (inWords: (listener: OctaviaListenerFacts) => string): Show =>
  show(({ loadBalancer }, subject) =>
    (factsIn(loadBalancer)?.listeners ?? [])
      .filter((listener) => listenerKey(listener) === subject)
      .map(inWords)
      .join("; "),
  );

/** Of the pools that a listener forwards to. */
const ofPools = (inWords: (pool: OctaviaPoolFacts) => string): Show =>
  show(({ loadBalancer }, subject) => {
    const { listeners = [], pools = [] } = factsIn(loadBalancer) ?? {};
    const used = listeners
      .filter((each) => listenerKey(each) === subject)
      .flatMap(({ forwardsTo }) => forwardsTo);
    const found = pools.filter(({ identity }) => used.includes(identity.id));
    return found.length === 0 ? absent : found.map(inWords).join("; ");
  });

function memberInWords({ id, state, isOn, weight, isBackup }: OctaviaMemberFacts): string {
  const unusual = [
    ...(isOn ? [] : ["switched off"]),
    ...(weight === 1 ? [] : [`weight ${weight}`]),
    ...(isBackup ? ["backup"] : []),
  ];
  return [`${id} ${state}`, ...unusual].join(", ");
}

const inPool = (field: string): RegExp => new RegExp(`^loadBalancer / pools / <pool of (.+?)>.* / ${field}`);

const aspects: readonly AspectRow[] = [
  {
    of: /^loadBalancer \/ owner$/,
    section: "load balancer",
    title: "made by",
    show: ofLoadBalancer(({ owner }) => owner),
  },
  {
    of: /^loadBalancer \/ (?:scheme|state|provider)$/,
    section: "load balancer",
    title: "kind and state",
    show: ofLoadBalancer(({ provider, scheme, state }) => `${provider}, ${scheme}, ${state}`),
  },
  {
    of: /^loadBalancer \/ (?:vipSubnet|floatingNetwork)$/,
    section: "load balancer",
    title: "subnet and floating IP",
    show: ofLoadBalancer(
      ({ vipSubnet, floatingNetwork }) => `${vipSubnet}, floating IP from ${floatingNetwork}`,
    ),
  },
  {
    of: /^loadBalancer \/ (?:flavor|availabilityZone)$/,
    section: "load balancer",
    title: "flavor and zone",
    show: ofLoadBalancer(({ flavor, availabilityZone }) => `${flavor}, ${availabilityZone}`),
  },
  {
    of: /^loadBalancer \/ tags$/,
    section: "load balancer",
    title: "tags",
    show: ofLoadBalancer(({ tags }) => (tags.length === 0 ? absent : tags.join(", "))),
  },
  { of: /^loadBalancer \/ otherListeners$/, section: "load balancer", title: "listeners of other Services" },
  { of: /^loadBalancer \/ address$/, section: "name", title: "address", show: showAddress },
  {
    of: /^loadBalancer \/ listeners \/ (.+?) \/ allowedCidrs/,
    section: "listeners",
    title: "$1: who may connect",
    show: ofListener(({ allowedCidrs }) => allowedCidrs.join(", ")),
  },
  {
    of: /^loadBalancer \/ listeners \/ (.+?) \/ (?:timeouts|connectionLimit|insertHeaders)/,
    section: "listeners",
    title: "$1: limits and headers",
    show: ofListener(({ timeouts, connectionLimit, insertHeaders }) =>
      [
        connectionLimit === -1 ? "no limit of connections" : `at most ${connectionLimit} connections`,
        `time-outs ${timeouts.clientData}/${timeouts.memberConnect}/${timeouts.memberData}/${timeouts.tcpInspect} ms`,
        ...(Object.keys(insertHeaders).length === 0 ? [] : [pairs(insertHeaders)]),
      ].join(", "),
    ),
  },
  {
    of: /^loadBalancer \/ listeners \/ (.+?) \//,
    section: "listeners",
    title: "$1",
    show: ofLoadBalancer(({ listeners }) => listeners.map(listenerKey).join(", ")),
  },
  {
    of: inPool("healthCheck"),
    section: "listeners",
    title: "$1: health monitor",
    show: ofPools(({ healthCheck: check }) =>
      check.enabled
        ? [
            `${check.protocol} ${check.port}${check.path ?? ""}`,
            `every ${check.intervalSeconds} s`,
            `time-out ${check.timeoutSeconds} s`,
            `${check.healthyThresholdCount}/${check.unhealthyThresholdCount} in a row`,
          ].join(", ")
        : "none",
    ),
  },
  {
    of: inPool("members"),
    section: "listeners",
    title: "$1: members",
    show: ofPools(({ members }) => members.map(memberInWords).join("\n")),
  },
  {
    of: /^loadBalancer \/ pools \/ <pool of (.+?)>/,
    section: "listeners",
    title: "$1: pool",
    show: ofPools(
      ({ protocol, port, lbMethod, sessionPersistence }) =>
        `${protocol} ${port}, ${lbMethod}, persistence ${sessionPersistence}`,
    ),
  },
  { of: /^loadBalancer \/ pools /, section: "listeners", title: "pools" },
  {
    of: /^firewall \/ nodes/,
    section: "firewall",
    title: "rules on the nodes",
    show: show(({ firewall }) =>
      factsIn(firewall)
        ?.nodes.map(({ protocol, fromPort, source }) => `${protocol} ${fromPort} from ${source}`)
        .sort(compareText)
        .join("\n"),
    ),
  },
  { of: /^firewall \/ loadBalancer/, section: "firewall", title: "rules of the load balancer" },
];

/** In whichever group: that both ways use different ones is a difference of its own. */
export function ruleKey({ protocol, fromPort, toPort, source }: RuleFacts, roles: Roles): string {
  const [from, to] = [roles.nodePort(fromPort), roles.nodePort(toPort)];
  return `${protocol} ${from === to ? from : `${from}-${to}`} from ${roles.text(source)}`;
}

const consequences: readonly Consequence[] = [
  // The controller writes what the Service says into all its listeners and pools.
  {
    of: /^service \/ loadBalancerSourceRanges$/,
    brings: "^loadBalancer / listeners / .+ / allowedCidrs$",
  },
  { of: /^service \/ sessionAffinity$/, brings: "^loadBalancer / pools / .+ / sessionPersistence$" },
  { of: /^service \/ loadBalancerIP$/, brings: "^loadBalancer / address$" },
  // A pool's port and subnet are its members'.
  {
    of: /^service \/ allocateLoadBalancerNodePorts$/,
    brings: "^loadBalancer / pools / [^/]+ / (port|memberSubnet|members|members / .+|healthCheck / port)$",
  },
  // A listener leads to a pool of the same protocol.
  {
    of: /^loadBalancer \/ listeners \/ (.+) \/ protocol$/,
    brings: "^loadBalancer / pools / <pool of $1> / protocol$",
    if: isSameChange,
  },
  // Only HTTP has headers.
  {
    of: /^(loadBalancer \/ listeners \/ .+) \/ protocol$/,
    brings: "^$1 / insertHeaders / ",
    if: ({ left, right }) => left === null || right === null,
  },
  {
    of: /^loadBalancer \/ scheme$/,
    brings: "^loadBalancer / floatingNetwork$",
    if: ({ left, right }) => [left, right].includes("none"),
  },
  {
    of: /^(loadBalancer \/ pools \/ .+ \/ healthCheck) \/ protocol$/,
    brings: "^$1 / (path|matcher|port)$",
  },
  // The check's port is the members'.
  {
    of: /^(loadBalancer \/ pools \/ .+) \/ healthCheck \/ (?:protocol|port|enabled)$/,
    brings: "^$1 / members / .+ / monitorPort$",
  },
  {
    of: /^(loadBalancer \/ pools \/ .+ \/ healthCheck) \/ enabled$/,
    brings: "^$1 / .+$",
  },
];

export const shape: Shape = shapeWith({
  words: {},
  ownNames: [
    "loadBalancer / identity",
    "loadBalancer / listeners / * / identity",
    "loadBalancer / pools / * / identity",
    "firewall / nodes / * / identity",
    "firewall / loadBalancer / * / identity",
  ],
  nouns: {
    "loadBalancer / listeners": "listener",
    "loadBalancer / pools": "pool",
    "loadBalancer / pools / * / members": "member",
    "firewall / nodes": "rule on the nodes",
    "firewall / loadBalancer": "rule of the load balancer",
  },
  instructions: new Set(annotationNames),
  nodePorts: [
    "loadBalancer / pools / * / port",
    "loadBalancer / pools / * / healthCheck / port",
    "loadBalancer / pools / * / members / * / port",
    "loadBalancer / pools / * / members / * / monitorPort",
    "firewall / nodes / * / fromPort",
    "firewall / nodes / * / toPort",
  ],
  openRecords: / \/ insertHeaders \/ /,
  keys: {
    "loadBalancer / listeners": (listener: ListenerFacts, { names }) => names.listener(listener),
    "loadBalancer / pools": ({ identity }: OctaviaPoolFacts, roles) => roles.text(identity.id),
    "loadBalancer / pools / * / members": ({ id }: MemberFacts, roles) => roles.text(id),
    "firewall / nodes": ruleKey,
    "firewall / loadBalancer": ruleKey,
  },
  roles: ({ address, identity, listeners, pools }: OctaviaFacts, names) => [
    [address, "own address"],
    [identity.id, "own load balancer"],
    [identity.name, "own name"],
    ...pools.map(({ identity: { id } }): [string, string] => {
      const users = listeners.filter(({ forwardsTo }) => forwardsTo.includes(id)).map(names.listener);
      return [id, users.length === 0 ? "pool without a listener" : `pool of ${users.sort().join(", ")}`];
    }),
  ],
  aspects,
  consequences,
});
