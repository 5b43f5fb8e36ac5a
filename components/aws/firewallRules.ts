import { covers } from "../core/sourceRanges.ts";
import { ipProtocolsOf } from "./listeners.ts";
import type { ListenerProtocol } from "./listeners.ts";
import { rangeSource } from "./ruleSources.ts";
import type { RuleSource } from "./ruleSources.ts";

/** What a rule opens: the node port of a listener, which Kubernetes may not have allocated yet, or fixed numbers (for ICMP the type and code). */
export type RulePorts =
  | { readonly kind: "nodePort"; readonly ofListener: number }
  | { readonly kind: "fixed"; readonly fromPort: number; readonly toPort: number };

/** A rule that lets traffic in to the nodes, or to a load balancer. */
export interface FirewallRule {
  /**
   * What AWS keeps once in a security group: protocol, ports and source. The resource is named after it, so that no update creates a rule
   * before it deletes an equal one, which AWS refuses (`InvalidPermission.Duplicate`).
   */
  readonly key: string;
  /** The keys that earlier versions of these components gave the same rule. */
  readonly formerKeys: readonly string[];
  readonly ipProtocol: "tcp" | "udp" | "icmp" | "icmpv6";
  readonly ports: RulePorts;
  /** Whom it lets in. @default the load balancer's security group */
  readonly source?: RuleSource;
  readonly description: string;
}

/** A port of a load balancer and of the nodes behind it. */
export interface OpenPort {
  readonly name: string;
  /** The listener's port. */
  readonly port: number;
  readonly protocol: ListenerProtocol;
  /** Undefined until Kubernetes has allocated it. */
  readonly nodePort?: number;
  readonly healthCheckPort: "traffic-port" | number;
}

export interface FirewallOptions {
  readonly ports: readonly OpenPort[];
  /** Who may connect. */
  readonly clients: readonly RuleSource[];
  readonly subnetCidrs: readonly string[];
  /** Whether nodes see the clients' addresses. If not, they see the load balancer's, except for UDP. */
  readonly keepsClientIp: boolean;
}

/**
 * The rules that one load balancer without a security group needs on the nodes: clients reach the node ports from their own
 * addresses, and health checks come from the load balancer's subnets. Where the client's address is not kept, connections come from there
 * too. A health rule that a client rule covers is omitted: a security group has few rules (60), and AWS refuses a second rule for the same
 * protocol, ports and source.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html#target-security-groups
 */
export function ownRules({ ports, clients, subnetCidrs, keepsClientIp }: FirewallOptions): FirewallRule[] {
  // Who is in a prefix list is not known.
  const ranges = clients.flatMap(({ kind, value }) => (kind === "cidrIpv4" ? [value] : []));
  const uncovered = subnetCidrs.filter((cidr) => !covers(ranges, cidr)).map(rangeSource);
  const checkedPorts = new Set(ports.map(({ healthCheckPort }) => healthCheckPort));
  return once(
    ports.flatMap((port) => {
      const checked =
        port.protocol !== "UDP" &&
        (port.healthCheckPort === "traffic-port" ||
          (port.nodePort !== undefined && checkedPorts.has(port.nodePort)));
      const connects = !keepsClientIp && ["TCP", "TLS"].includes(port.protocol);
      return [
        ...ipProtocolsOf(port.protocol).flatMap((ipProtocol) =>
          clients.map((source) => nodePortRule("clients", port, ipProtocol, source)),
        ),
        ...(checked || connects
          ? uncovered.map((source) =>
              nodePortRule(checked ? "health checks" : "load balancer", port, "tcp", source),
            )
          : []),
      ];
    }),
  );
}

/**
 * The rules that all load balancers in front of the same nodes need, and AWS keeps once: ICMP type 3 code 4 for path MTU discovery, and
 * a health check's port if it is not the traffic port.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network_mtu.html#path_mtu_discovery
 */
export function sharedRules({ ports, clients, subnetCidrs }: FirewallOptions): FirewallRule[] {
  const pathMtu = clients.filter(getsPathMtu).map((source): FirewallRule => ({
    key: `icmp-3-4-${source.value}`,
    formerKeys: [`mtu-${source.value}`],
    ...pathMtuDiscovery,
    source,
    description: "path MTU discovery for load balancers",
  }));
  const health = ports.flatMap(({ healthCheckPort: port }) =>
    port === "traffic-port"
      ? []
      : subnetCidrs.map((cidr): FirewallRule => ({
          key: `tcp-${port}-${cidr}`,
          formerKeys: [`health-${port}-${cidr}`],
          ipProtocol: "tcp",
          ports: { kind: "fixed", fromPort: port, toPort: port },
          source: rangeSource(cidr),
          description: "health checks of load balancers",
        })),
  );
  return once([...pathMtu, ...health]);
}

/** ICMP's type and code, where other protocols have ports. */
export const pathMtuDiscovery = {
  ipProtocol: "icmp",
  ports: { kind: "fixed", fromPort: 3, toPort: 4 },
} as const;

/** "Packet too big", IPv6's word for it. https://www.rfc-editor.org/rfc/rfc4443#section-3.2 */
const pathMtuDiscoveryIpv6 = {
  ipProtocol: "icmpv6",
  ports: { kind: "fixed", fromPort: 2, toPort: 0 },
} as const;

export const pathMtuDiscoveryOf = ({ kind }: RuleSource) =>
  kind === "cidrIpv6" ? pathMtuDiscoveryIpv6 : pathMtuDiscovery;

/** The routers that report it are in no prefix list, and the rule would count as much as the one for the clients. */
export const getsPathMtu = ({ kind }: RuleSource): boolean => kind !== "prefixListId";

/** The IPv4 ranges from which rules let path MTU discovery in. */
export const pathMtuRangesOf = (rules: readonly FirewallRule[]): string[] =>
  rules.flatMap(({ ipProtocol, source }) =>
    ipProtocol === "icmp" && source?.kind === "cidrIpv4" ? [source.value] : [],
  );

/** The rules without those that `others` has. */
export function without(rules: readonly FirewallRule[], others: readonly FirewallRule[]): FirewallRule[] {
  const keys = new Set(others.map(({ key }) => key));
  return rules.filter(({ key }) => !keys.has(key));
}

/** The first of those with the same key. */
export function once(rules: readonly FirewallRule[]): FirewallRule[] {
  const first = new Map([...rules].reverse().map((rule) => [rule.key, rule]));
  return rules.filter((rule) => first.get(rule.key) === rule);
}

function nodePortRule(
  purpose: "clients" | "health checks" | "load balancer",
  { name, port, nodePort }: OpenPort,
  ipProtocol: "tcp" | "udp",
  source: RuleSource,
): FirewallRule {
  return {
    key: `${ipProtocol}-${nodePort ?? `of-${port}`}-${source.value}`,
    formerKeys: [`clients-${name}-${source.value}`, `health-${name}-${source.value}`],
    ipProtocol,
    ports: { kind: "nodePort", ofListener: port },
    source,
    description: `${purpose} of ${name}`,
  };
}
