import type { Input } from "@pulumi/pulumi";
import { all, RunError, runtime, unknown } from "@pulumi/pulumi";
import { defaults } from "../core/defaults.ts";
import type { Protocol } from "../core/exposure.ts";
import type { ListenerPort } from "../core/validation.ts";
import { partnerOf } from "../core/validation.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { HealthCheck, NetworkLoadBalancerPort } from "./options.ts";
import { podPortOf } from "./targetType.ts";
import type { TargetOptions } from "./targetType.ts";
import type { Tls } from "./tls.ts";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html#listener-configuration */
export type ListenerProtocol = Protocol | "TCP_UDP" | "TLS";

/** EC2's names of what a listener takes. */
export const ipProtocolsOf = (protocol: ListenerProtocol): readonly ("tcp" | "udp")[] =>
  (({ TCP: ["tcp"], UDP: ["udp"], TCP_UDP: ["tcp", "udp"], TLS: ["tcp"] }) as const)[protocol];

/** One listener and its target group. */
export interface ListenerArgs {
  /** Unique, like the name of a Service's port. */
  readonly name: string;
  /** Port where clients connect. A port for TCP and one for UDP with the same number get one listener, TCP_UDP. */
  readonly port: number;
  /** @default "TCP" */
  readonly protocol?: Protocol;
  /**
   * Port of the targets: the node port, or with `targetType: "ip"` the pods' port. A change replaces the target group; the new one is created before the old one is deleted. TCP and UDP with the
   * same number must have the same.
   */
  readonly nodePort: Input<number>;
  /** @default the other protocol's with the same number, or else the load balancer's `healthCheck` */
  readonly healthCheck?: HealthCheck;
  /** Ends TLS at the listener. @default none */
  readonly tls?: Tls;
}

/** A listener for one or both protocols. */
export interface Listening extends Omit<ListenerArgs, "protocol"> {
  readonly protocol: ListenerProtocol;
  readonly targetProtocol: ListenerProtocol;
  /** Of its ports. */
  readonly names: readonly string[];
}

/** AWS has one listener for a number. */
export function listenersOf(ports: readonly ListenerArgs[]): Listening[] {
  return ports.flatMap((port): Listening[] => {
    const partner = partnerOf(port, ports);
    const { name, protocol = defaults.protocol } = port;
    if (partner === undefined) return [{ ...port, ...protocolsOf(port.tls, protocol), names: [name] }];
    if (ports.indexOf(partner) < ports.indexOf(port)) return [];
    return [
      {
        name,
        port: port.port,
        protocol: "TCP_UDP",
        targetProtocol: "TCP_UDP",
        names: [name, partner.name],
        nodePort: same(port, partner),
        ...withoutUndefined({ healthCheck: port.healthCheck ?? partner.healthCheck }),
      },
    ];
  });
}

function protocolsOf(tls: Tls | undefined, protocol: Protocol) {
  return tls === undefined
    ? { protocol, targetProtocol: protocol }
    : ({ protocol: "TLS", targetProtocol: tls.targetProtocol ?? "TCP" } as const);
}

/** The node port of both. Kubernetes gives them the same in a new Service; in an existing one, a new port gets another. */
function same(first: ListenerArgs, second: ListenerArgs): Input<number> {
  if (first.nodePort === second.nodePort) return first.nodePort;
  return all([first.nodePort, second.nodePort]).apply(([ours, theirs]) => {
    if (ours === theirs) return ours;
    // An update may still make them the same.
    if (runtime.isDryRun()) return unknown as never;
    throw new RunError(
      `"${first.name}" has the node port ${ours}, and "${second.name}" has ${theirs}: TCP and UDP on one number (${first.port}) need the same, because the target group of a TCP_UDP listener has one port. ` +
        `Kubernetes gives both the same only in a new Service: set ports[].nodePort to ${ours} for both.`,
    );
  });
}

/** Whether nothing answers a TCP check at its node port: a UDP port without a TCP port of the same number. */
export const isOnlyUdp = (port: ListenerPort, ports: readonly ListenerPort[]): boolean =>
  port.protocol === "UDP" && partnerOf(port, ports) === undefined;

/** Ports of an exposure before Kubernetes has allocated node ports. Rules that exposures share name no node port, but they do name pods' ports. */
export const plannedPorts = (
  ports: readonly NetworkLoadBalancerPort[],
  { targetType }: TargetOptions,
): ListenerArgs[] =>
  ports.map(({ nodePort = 0, ...port }) => ({
    ...port,
    nodePort: targetType === "ip" ? podPortOf(port) : nodePort,
  }));
