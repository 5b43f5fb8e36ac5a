import { getsPathMtu, once, pathMtuDiscovery, pathMtuDiscoveryOf } from "./firewallRules.ts";
import type { FirewallRule, OpenPort } from "./firewallRules.ts";
import { ipProtocolsOf } from "./listeners.ts";
import type { RuleSource } from "./ruleSources.ts";

/**
 * The rules for a load balancer that has security groups: clients are let in to the load balancer, and the load balancer to the nodes.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */

/**
 * The rules on the nodes for one load balancer alone. Clients and health checks come from the same group, so there is one rule for each node port, whoever
 * may connect.
 *
 * @param group names the group in the keys of rules: its id, or a word for the one that the program makes
 */
export function nodePortRules(ports: readonly OpenPort[], group: string): FirewallRule[] {
  return once(
    ports.flatMap(({ name, port, protocol, nodePort }) =>
      ipProtocolsOf(protocol).map((ipProtocol): FirewallRule => ({
        key: `${ipProtocol}-${nodePort ?? `of-${port}`}-${group}`,
        formerKeys: [],
        ipProtocol,
        ports: { kind: "nodePort", ofListener: port },
        description: `load balancer to ${name}`,
      })),
    ),
  );
}

/** The rules on the nodes that all load balancers with this group need: path MTU discovery, and a health check's port if it is not the traffic port. */
export function groupWideRules(ports: readonly OpenPort[], group: string): FirewallRule[] {
  return once([
    {
      key: `icmp-3-4-${group}`,
      formerKeys: [],
      ...pathMtuDiscovery,
      description: "path MTU discovery for load balancers",
    },
    ...ports.flatMap(({ healthCheckPort: port }): FirewallRule[] =>
      port === "traffic-port"
        ? []
        : [
            {
              key: `tcp-${port}-${group}`,
              formerKeys: [],
              ipProtocol: "tcp",
              ports: { kind: "fixed", fromPort: port, toPort: port },
              description: "health checks of load balancers",
            },
          ],
    ),
  ]);
}

/** The rules in a load balancer's own group: clients in to each listener, and path MTU discovery. */
export function listenerRules(
  ports: readonly Pick<OpenPort, "name" | "port" | "protocol">[],
  clients: readonly RuleSource[],
): FirewallRule[] {
  const listeners = ports.flatMap(({ name, port, protocol }) =>
    ipProtocolsOf(protocol).flatMap((ipProtocol) =>
      clients.map((source): FirewallRule => ({
        key: `listener-${ipProtocol}-${port}-${source.value}`,
        formerKeys: [],
        ipProtocol,
        ports: { kind: "fixed", fromPort: port, toPort: port },
        source,
        description: `clients of ${name}`,
      })),
    ),
  );
  const pathMtu = clients.filter(getsPathMtu).map((source): FirewallRule => ({
    key: `listener-icmp-3-4-${source.value}`,
    formerKeys: [],
    ...pathMtuDiscoveryOf(source),
    source,
    description: "path MTU discovery",
  }));
  return [...listeners, ...pathMtu];
}
