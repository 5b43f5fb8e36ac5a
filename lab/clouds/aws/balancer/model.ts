/** From facts to the data plane's task: pure functions. */
import { createHash } from "node:crypto";
import type { Allocation, ZoneAddress } from "./addresses.ts";
import { idleTimeoutSeconds } from "./clocks.ts";
import type {
  Attributes,
  AwsFacts,
  ListenerFacts,
  LoadBalancerFacts,
  TargetFacts,
  TargetGroupFacts,
} from "./facts.ts";
import type { TargetHealth } from "./health.ts";
import { enabled } from "./attributes.ts";
import { asksForHeader, proxiedBy } from "./proxy/proxied.ts";
import type { Proxied } from "./proxy/proxied.ts";
import { isInZone, route } from "./routing.ts";
import type { Route } from "./routing.ts";

export interface Model {
  readonly loadBalancers: readonly LoadBalancerModel[];
  /** All targets in enabled zones whose group a listener uses. */
  readonly targets: readonly TargetModel[];
}

export interface LoadBalancerModel {
  readonly arn: string;
  readonly name: string;
  readonly internal: boolean;
  readonly securityGroups: readonly string[];
  readonly addresses: readonly ZoneAddress[];
  readonly listeners: readonly ListenerModel[];
  /** Sentences about requested features that a packet filter does not have. */
  readonly lacks: readonly string[];
}

/** A listener in one zone, for one transport protocol. */
export interface ListenerModel extends Route<TargetModel> {
  readonly address: string;
  readonly protocol: "tcp" | "udp";
  readonly port: number;
  /** How long a flow may be idle; undefined: the protocol's default. */
  readonly idleTimeoutSeconds: number | undefined;
  /** Flows of one client address stay on one target (`stickiness.type` source_ip). */
  readonly sticky: boolean;
  /** If a proxy is between the clients and the targets. */
  readonly proxied: Proxied | undefined;
}

export interface TargetModel {
  /** Names the target in the packet filter and in connection tracking. */
  readonly mark: number;
  readonly loadBalancerArn: string;
  readonly group: TargetGroupFacts;
  /** The port of the first listener that forwards to the group. */
  readonly listenerPort: number;
  readonly id: string;
  readonly port: number;
  readonly address: string;
  readonly zone: string;
  readonly draining: boolean;
  readonly health: TargetHealth;
}

/** The transport protocols of a listener. */
const transports: Readonly<Record<string, readonly ("tcp" | "udp")[]>> = {
  TCP: ["tcp"],
  UDP: ["udp"],
  TCP_UDP: ["tcp", "udp"],
  TLS: ["tcp"],
};

/** The key of a target's health. */
export const targetKey = (groupArn: string, target: Pick<TargetFacts, "id" | "port">): string =>
  `${groupArn}|${target.id}|${target.port}`;

/** @param hasProxy whether TLS can be ended, and proxy protocol headers be added. @default false */
export function buildModel(
  facts: AwsFacts,
  allocations: readonly Allocation[],
  healthOf: (key: string) => TargetHealth,
  hasProxy = false,
): Model {
  const groups = new Map(facts.targetGroups.map((group) => [group.arn, group]));
  const targets: TargetModel[] = [];
  const loadBalancers = facts.loadBalancers.map((balancer): LoadBalancerModel => {
    const addresses =
      allocations.find(({ loadBalancerArn }) => loadBalancerArn === balancer.arn)?.addresses ?? [];
    const byGroup = new Map<string, TargetModel[]>();
    for (const listener of balancer.listeners) {
      const group = groups.get(listener.targetGroupArn);
      if (group === undefined || byGroup.has(group.arn)) continue;
      byGroup.set(group.arn, groupTargets(balancer, listener.port, group, facts, healthOf));
    }
    targets.push(...[...byGroup.values()].flat());
    return {
      arn: balancer.arn,
      name: balancer.name,
      internal: balancer.scheme === "internal",
      securityGroups: balancer.securityGroups,
      addresses,
      lacks: lacks(
        balancer,
        [...byGroup.keys()].flatMap((arn) => groups.get(arn) ?? []),
        hasProxy,
      ),
      listeners: balancer.listeners.filter(isServed(hasProxy)).flatMap((listener) => {
        const group = groups.get(listener.targetGroupArn);
        const attributes = group?.attributes ?? {};
        const all = byGroup.get(listener.targetGroupArn) ?? [];
        const across = crossZone(balancer.attributes, attributes);
        return addresses.flatMap(({ zone, address, privateAddress }) =>
          (transports[listener.protocol] ?? []).map((protocol): ListenerModel => ({
            address,
            protocol,
            port: listener.port,
            idleTimeoutSeconds: idleTimeout(listener),
            sticky: enabled(attributes, "stickiness.enabled", false),
            proxied:
              group && hasProxy
                ? proxiedBy(listener, group, privateAddress, !hidesClient({ group }))
                : undefined,
            ...route(all, across ? undefined : zone, attributes),
          })),
        );
      }),
    };
  });
  return { loadBalancers, targets };
}

/** Whether a zone's address is in DNS: one group that is not healthy enough removes it. */
export function zoneHealthy(balancer: LoadBalancerModel, { address }: ZoneAddress): boolean {
  const here = balancer.listeners.filter((listener) => listener.address === address);
  return here.length > 0 && here.every(({ inDns }) => inDns);
}

/**
 * Whether targets see the load balancer's address instead of the client's. With UDP they never do.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
export const hidesClient = ({ group }: Pick<TargetModel, "group">): boolean =>
  !group.protocol.includes("UDP") &&
  !enabled(group.attributes, "preserve_client_ip.enabled", group.targetType === "instance");

/** A number for any text, the same in every run. Two texts share one with a probability of 2^-32. */
export function markOf(text: string): number {
  return Math.max(1, createHash("sha256").update(text).digest().readUInt32BE(0));
}

/** TLS needs the proxy, and a certificate that was not deleted. */
const isServed =
  (hasProxy: boolean) =>
  ({ protocol, tls }: ListenerFacts): boolean =>
    transports[protocol] !== undefined &&
    (protocol !== "TLS" || (hasProxy && tls !== undefined && tls.certificates.length > 0));

function lacks(
  { listeners }: LoadBalancerFacts,
  groups: readonly TargetGroupFacts[],
  hasProxy: boolean,
): string[] {
  return [
    ...listeners
      .filter((listener) => !isServed(hasProxy)(listener))
      .map(({ protocol, port }) => `${protocol} ${port} is not served: ${whyNot(protocol, hasProxy)}`),
    ...groups
      .filter((group) => asksForHeader(group) && (!hasProxy || group.protocol.includes("UDP")))
      .map(({ arn }) => `no proxy protocol header is added for ${arn.split("/")[1] ?? arn}`),
  ];
}

function whyNot(protocol: string, hasProxy: boolean): string {
  if (protocol !== "TLS") return "the lab only supports TCP, UDP, TCP_UDP and TLS listeners";
  return hasProxy
    ? "its certificates were deleted"
    : "the lab runs without the proxy for TLS; set lab:loadBalancerProxy to true, and start it again";
}

function groupTargets(
  balancer: LoadBalancerFacts,
  listenerPort: number,
  group: TargetGroupFacts,
  facts: AwsFacts,
  healthOf: (key: string) => TargetHealth,
): TargetModel[] {
  return group.targets.flatMap((target) => {
    const place = locate(group, target, facts);
    if (place === undefined || !balancer.zones.some(({ zone }) => isInZone(place, zone))) return [];
    const key = targetKey(group.arn, target);
    return [
      {
        ...place,
        mark: markOf(key),
        loadBalancerArn: balancer.arn,
        group,
        listenerPort,
        id: target.id,
        port: target.port,
        draining: target.state === "draining",
        health: healthOf(key),
      },
    ];
  });
}

/** A target's address and zone, which is `all` for some addresses outside the VPC; undefined for an instance that is not running. */
function locate(
  { targetType }: TargetGroupFacts,
  { id, zone }: TargetFacts,
  { instances }: AwsFacts,
): { address: string; zone: string } | undefined {
  if (targetType === "instance") {
    const instance = instances.find((candidate) => candidate.id === id);
    return instance && { address: instance.address, zone: instance.zone };
  }
  return zone === null ? undefined : { address: id, zone };
}

/**
 * The idle time-out of a TCP listener if it is not the default; other listeners cannot have their own.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html
 */
function idleTimeout({ attributes }: ListenerFacts): number | undefined {
  const seconds = Number(attributes["tcp.idle_timeout.seconds"] ?? idleTimeoutSeconds.tcp);
  return seconds === idleTimeoutSeconds.tcp ? undefined : seconds;
}

function crossZone(balancer: Attributes, group: Attributes): boolean {
  const own = group["load_balancing.cross_zone.enabled"];
  return own === "true" || own === "false"
    ? own === "true"
    : enabled(balancer, "load_balancing.cross_zone.enabled", false);
}
