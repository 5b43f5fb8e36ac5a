/** One side of an aspect in a few words, with its own values rather than roles: a person wants to see the node port itself. */
import type { Exposure } from "../model/exposure.ts";
import type { RuleFacts } from "../model/firewall.ts";
import type { LoadBalancerFacts, TargetGroupFacts } from "../model/loadBalancer.ts";
import type { EndpointFacts, ServiceFacts } from "../model/service.ts";
import { factsIn } from "../model/sourceResult.ts";
import { loadBalancerAttributes, targetGroupAttributes } from "../clouds/aws/defaults.ts";
import type { AspectKind } from "./aspects.ts";
import { compareText, listenerKey } from "./roles.ts";
import { step } from "./values.ts";
import type { Values } from "./values.ts";

const absent = "-";

export function showAspect(
  { section, title }: AspectKind,
  exposure: Exposure,
  covered: readonly string[],
  values: Values,
): string {
  const of = section === "listeners" ? title.replace(/^.+?(: |$)/, "listener$1") : title;
  const show = shows[`${section}: ${of}`];
  const listener = title.replace(/: .*/, "");
  return show?.(exposure, listener) ?? asListed(covered, values);
}

type Show = (exposure: Exposure, listener: string) => string | undefined;

function ofService(show: (service: ServiceFacts) => string): Show {
  return ({ service }) => {
    const facts = factsIn(service);
    return facts === undefined ? undefined : show(facts);
  };
}

function ofLoadBalancer(show: (loadBalancer: LoadBalancerFacts) => string): Show {
  return ({ loadBalancer }) => {
    const facts = factsIn(loadBalancer);
    return facts === undefined ? undefined : show(facts);
  };
}

/** Of the target groups that a listener forwards to. */
function ofTargetGroups(show: (group: TargetGroupFacts) => string): Show {
  return ({ loadBalancer }, listener) => {
    const { listeners = [], targetGroups = [] } = factsIn(loadBalancer) ?? {};
    const used = new Set(
      listeners.filter((each) => listenerKey(each) === listener).flatMap(({ forwardsTo }) => forwardsTo),
    );
    const groups = targetGroups.filter(({ identity }) => used.has(identity.id));
    return groups.length === 0 ? absent : groups.map(show).join("; ");
  };
}

const shows: Readonly<Record<string, Show>> = {
  "Service: type": ofService(({ type, loadBalancerClass }) =>
    [type, ...present(loadBalancerClass)].join(", "),
  ),
  "Service: declared by": ofService(({ owner }) => owner),
  "Service: selector": ofService(({ selector }) => pairs(selector)),
  "Service: ports and node ports": ofService(({ ports }) =>
    ports
      .map(
        ({ name, protocol, port, nodePort, targetPort }) =>
          `${name}: ${protocol} ${port}, node port ${nodePort ?? "none"}, to ${targetPort}`,
      )
      .join("\n"),
  ),
  "Service: traffic policies": ofService(
    (service) => `external ${service.externalTrafficPolicy}, internal ${service.internalTrafficPolicy}`,
  ),
  "Service: addresses of pods not ready": ofService(({ publishNotReadyAddresses }) =>
    publishNotReadyAddresses ? "published" : "not published",
  ),
  "Service: addresses in the cluster": ofService(
    ({ clusterIPs, ipFamilies }) => `${clusterIPs.join(", ")} (${ipFamilies.join(", ")})`,
  ),
  "Service: endpoints": ({ endpoints }) => {
    const facts = factsIn(endpoints);
    return facts === undefined ? undefined : endpointCounts(facts);
  },
  "load balancer: made by": ofLoadBalancer(({ owner }) => owner),
  "load balancer: kind and state": ofLoadBalancer(
    ({ type, scheme, ipAddressType, state }) => `${type}, ${scheme}, ${ipAddressType}, ${state}`,
  ),
  "load balancer: zones and subnets": ofLoadBalancer(({ zones }) =>
    zones.map(({ zone, addresses }) => `${zone} ${addresses.join(" ")}`.trim()).join("\n"),
  ),
  "load balancer: attributes": ofLoadBalancer(({ attributes }) =>
    attributesBeside(attributes, loadBalancerAttributes),
  ),
  "load balancer: tags": ofLoadBalancer(({ tags }) => pairs(tags)),
  "listeners: listener": ofLoadBalancer(({ listeners }) => listeners.map(listenerKey).join(", ")),
  "listeners: listener: target group": ofTargetGroups(
    ({ identity, protocol, port, targetType }) =>
      `${identity.name}: ${protocol} ${port}, targets by ${targetType}`,
  ),
  "listeners: listener: health check": ofTargetGroups(({ healthCheck: check }) =>
    [
      `${check.protocol} ${check.port}${check.path ?? ""}`,
      `every ${check.intervalSeconds} s`,
      `time-out ${check.timeoutSeconds} s`,
      `${check.healthyThresholdCount}/${check.unhealthyThresholdCount} in a row`,
    ].join(", "),
  ),
  "listeners: listener: group's attributes": ofTargetGroups(({ attributes, protocol }) =>
    attributesBeside(attributes, targetGroupAttributes(protocol)),
  ),
  "listeners: listener: group's tags": ofTargetGroups(({ tags }) => pairs(tags)),
  "listeners: listener: targets": ofTargetGroups(({ targets }) =>
    targets.map(({ id, state }) => `${id} ${state}`).join("\n"),
  ),
  "firewall: rules on the nodes": ({ firewall }) =>
    factsIn(firewall)?.nodes.map(ruleInWords).sort(compareText).join("\n"),
  "name: DNS name": ({ loadBalancer, name }) => {
    const dnsName = factsIn(loadBalancer)?.dnsName;
    const addresses = factsIn(name)?.addresses ?? [];
    return [
      ...present(dnsName),
      ...(addresses.length === 0 ? [] : [`has ${addresses.length} addresses`]),
    ].join(" ");
  },
  "data path: kube-proxy's mode": ({ dataPath }) =>
    [...new Set((factsIn(dataPath) ?? []).map(({ mode }) => mode))].join(", "),
  "Service: finalizers": ofService(({ finalizers }) => finalizers.join("\n") || "none"),
  "Service: address in the status": ofService(({ ingress }) => ingress.join(", ") || "none"),
  "data path: at the cluster IP": entrances("cluster IP"),
  "data path: at the node port": entrances("node port"),
};

/** In EC2's API the protocol -1 is all there is. */
function ruleInWords({ ipProtocol, fromPort, toPort, source }: RuleFacts): string {
  if (ipProtocol === "-1") return `all traffic from ${source}`;
  if (ipProtocol === "icmp") return `icmp ${fromPort}/${toPort} from ${source}`;
  return `${ipProtocol} ${fromPort}${toPort === fromPort ? "" : `-${toPort}`} from ${source}`;
}

/** On how many nodes an entrance leads to how many pods, and how. */
function entrances(kind: string): Show {
  return ({ dataPath }) => {
    const ways = (factsIn(dataPath) ?? []).flatMap((node) =>
      node.entrances.filter((entrance) => entrance.kind === kind),
    );
    const said = ways.map(
      ({ protocol, port, endpoints, masquerade }) =>
        `${protocol} ${port} to ${counted(endpoints.length, "pod")}, masquerade ${masquerade}`,
    );
    const counts = [...new Set(said)].map(
      (text) => `${text}, on ${counted(said.filter((other) => other === text).length, "node")}`,
    );
    return counts.length === 0 ? absent : counts.join("; ");
  };
}

function endpointCounts(endpoints: readonly EndpointFacts[]): string {
  const ready = endpoints.filter((endpoint) => endpoint.ready).length;
  const nodes = new Set(endpoints.map(({ node }) => node)).size;
  return `${ready} of ${endpoints.length} ready, on ${counted(nodes, "node")}`;
}

/** How many there are, and those that are not as AWS sets them by itself. */
function attributesBeside(
  attributes: Readonly<Record<string, string>>,
  defaults: Readonly<Record<string, string>>,
): string {
  const set = Object.entries(attributes).filter(([name, value]) => defaults[name] !== value);
  const count = counted(Object.keys(attributes).length, "attribute");
  return set.length === 0 ? `${count} as AWS sets them` : `${count}: ${pairs(Object.fromEntries(set))}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function pairs(record: Readonly<Record<string, string>>): string {
  const all = Object.entries(record).map(([key, value]) => `${key}=${value}`);
  return all.length === 0 ? "none" : all.sort(compareText).join("\n");
}

function present(value: string | undefined): string[] {
  return value === undefined ? [] : [value];
}

/** Values as they were compared; the last step of a path says what each is. */
function asListed(covered: readonly string[], values: Values): string {
  const found = covered.flatMap((path) => {
    const value = values.get(path);
    return value === undefined ? [] : [[path.split(step).at(-1) ?? path, value] as const];
  });
  const [only] = found;
  if (only === undefined) return absent;
  return found.length === 1 ? only[1] : found.map(([name, value]) => `${name}: ${value}`).join(", ");
}
