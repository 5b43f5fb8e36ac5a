/** The ports that an exposure needs open on the nodes, and the rules that open some of them. */
import type { NlbFacts, RuleFacts } from "../model.ts";
import type { NodePort } from "../../../model/later.ts";
import type { ServiceFacts } from "../../../model/service.ts";

export interface Opening {
  readonly protocol: string;
  readonly port: number;
}

/** The node ports, the ports of pods that are targets, and the ports of health checks: over TCP, also for UDP. */
export function openingsOf(service: ServiceFacts, { pools }: NlbFacts): Opening[] {
  const ofPods = pools
    .filter(({ targetType }) => targetType === "ip")
    .flatMap(({ protocol, members }) =>
      members.flatMap(({ port }) => ipProtocols(protocol).map((each): [string, NodePort] => [each, port])),
    );
  const checked = pools.flatMap(({ healthCheck, members }) =>
    healthCheck.port === "traffic-port" ? members.map(({ port }) => port) : [healthCheck.port],
  );
  const ports: [string, NodePort | undefined][] = [
    ...service.ports.map(({ protocol, nodePort }): [string, NodePort | undefined] => [
      protocol.toLowerCase(),
      nodePort,
    ]),
    ...ofPods,
    ["tcp", service.healthCheckNodePort],
    ...checked.map((port): [string, NodePort] => ["tcp", port]),
  ];
  return ports.flatMap(([protocol, port]) => (typeof port === "number" ? [{ protocol, port }] : []));
}

/** @param ofLoadBalancer of a listener or a target group */
export function ipProtocols(ofLoadBalancer: string): readonly string[] {
  return ofLoadBalancer === "TCP_UDP" ? ["tcp", "udp"] : [ofLoadBalancer === "UDP" ? "udp" : "tcp"];
}

/** Whether the rule opens a node port of the Service, and not only what all load balancers need: a check's port, or path MTU discovery. */
export function opensNodePort(rule: RuleFacts, { ports }: ServiceFacts): boolean {
  const nodePorts = ports.flatMap(({ protocol, nodePort: port }) =>
    typeof port === "number" ? [{ protocol: protocol.toLowerCase(), port }] : [],
  );
  return rule.ipProtocol !== "icmp" && concerns(rule, nodePorts);
}

/** A rule for several openings counts too, as does one for all traffic. */
export function concerns(rule: RuleFacts, openings: readonly Opening[]): boolean {
  const { ipProtocol, fromPort, toPort } = rule;
  if (ipProtocol === "-1") return true;
  if (typeof fromPort !== "number" || typeof toPort !== "number") return false;
  if (ipProtocol === "icmp") return isPathMtu(fromPort, toPort);
  return openings.some(({ protocol, port }) => protocol === ipProtocol && fromPort <= port && port <= toPort);
}

/**
 * "Fragmentation needed", which path MTU discovery needs; -1 is any type or code.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network_mtu.html#path_mtu_discovery
 */
function isPathMtu(type: number, code: number): boolean {
  return type === -1 || (type === 3 && (code === -1 || code === 4));
}
