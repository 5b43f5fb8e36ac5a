import type { Protocol } from "../core/exposure.ts";
import { covers } from "../core/sourceRanges.ts";

/**
 * What a rule opens: the node port of a named port, which Kubernetes may not have allocated yet, or fixed numbers (for ICMP the type
 * and code).
 */
export type RulePorts =
  | { readonly kind: "nodePort"; readonly of: string }
  | { readonly kind: "fixed"; readonly fromPort: number; readonly toPort: number };

/** A rule that admits traffic to the nodes. */
export interface FirewallRule {
  /** Unique and stable: the resource is named after it. */
  readonly key: string;
  readonly ipProtocol: "tcp" | "udp" | "icmp";
  readonly ports: RulePorts;
  readonly cidrIpv4: string;
  readonly description: string;
}

export interface FirewallOptions {
  readonly ports: readonly { readonly name: string; readonly protocol: Protocol }[];
  readonly sourceRanges: readonly string[];
  readonly healthCheckPort: "traffic-port" | number;
  readonly subnetCidrs: readonly string[];
}

/**
 * The rules that one load balancer without a security group needs on the nodes: clients reach the node ports from their own
 * addresses, and health checks come from the load balancer's subnets. A health rule that a client rule covers is omitted: a security
 * group has few rules (60), and AWS refuses a second rule for the same protocol, ports and source.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html#target-security-groups
 */
export function ownRules(options: FirewallOptions): FirewallRule[] {
  const { ports, sourceRanges, healthCheckPort, subnetCidrs } = options;
  const uncovered = subnetCidrs.filter((cidr) => !covers(sourceRanges, cidr));
  return ports.flatMap(({ name, protocol }) => [
    ...sourceRanges.map((cidr) => nodePortRule("clients", name, protocol, cidr)),
    ...(protocol === "TCP" && healthCheckPort === "traffic-port"
      ? uncovered.map((cidr) => nodePortRule("health", name, protocol, cidr))
      : []),
  ]);
}

/**
 * The rules that all load balancers in front of the same nodes need, and AWS keeps once: ICMP type 3 code 4 for path MTU discovery, and
 * a health check's port if it is not a node port.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network_mtu.html#path_mtu_discovery
 */
export function sharedRules({ sourceRanges, healthCheckPort, subnetCidrs }: FirewallOptions): FirewallRule[] {
  const pathMtu = sourceRanges.map((cidr): FirewallRule => ({
    key: `mtu-${cidr}`,
    ipProtocol: "icmp",
    ports: { kind: "fixed", fromPort: 3, toPort: 4 },
    cidrIpv4: cidr,
    description: "path MTU discovery for load balancers",
  }));
  if (healthCheckPort === "traffic-port") return pathMtu;
  const health = subnetCidrs.map((cidr): FirewallRule => ({
    key: `health-${healthCheckPort}-${cidr}`,
    ipProtocol: "tcp",
    ports: { kind: "fixed", fromPort: healthCheckPort, toPort: healthCheckPort },
    cidrIpv4: cidr,
    description: "health checks of load balancers",
  }));
  return [...pathMtu, ...health];
}

function nodePortRule(
  purpose: "clients" | "health",
  name: string,
  protocol: Protocol,
  cidr: string,
): FirewallRule {
  return {
    key: `${purpose}-${name}-${cidr}`,
    ipProtocol: protocol === "UDP" ? "udp" : "tcp",
    ports: { kind: "nodePort", of: name },
    cidrIpv4: cidr,
    description: purpose === "clients" ? `clients of ${name}` : `health checks of ${name}`,
  };
}
