import type { ForwardedPort } from "./forwarding.ts";
import { once } from "./firewallRules.ts";
import type { FirewallRule } from "./firewallRules.ts";
import type { Firewall } from "./loadBalancerFirewall.ts";

/**
 * The firewall of listeners that lead to pods. Unlike a node port, a pod's port is no Service's own: several exposures of one load balancer may need the same rule, which AWS
 * keeps once. So the rules for ports that the program knows are among those that the exposures share, and a load balancer has none that another one has.
 * @param ofOthers the keys of rules that other load balancers have
 */
export function sharingPodRules(
  firewall: Firewall,
  listeners: readonly Pick<ForwardedPort, "port" | "nodePort">[],
  ofOthers: ReadonlySet<string>,
): Firewall {
  const podPorts = Object.fromEntries(
    listeners.flatMap(({ port, nodePort }) => (typeof nodePort === "number" ? [[port, nodePort]] : [])),
  );
  const podPortOf = ({ ports }: FirewallRule): number | undefined =>
    ports.kind === "nodePort" ? podPorts[ports.ofListener] : undefined;
  const pods = firewall.own(podPorts).flatMap((rule): FirewallRule[] => {
    const port = podPortOf(rule);
    if (port === undefined || ofOthers.has(rule.key)) return [];
    return [
      {
        ...rule,
        formerKeys: [],
        ports: { kind: "fixed", fromPort: port, toPort: port },
        description: "load balancer to pods",
      },
    ];
  });
  return {
    ...firewall,
    fixed: once([...firewall.fixed, ...pods]),
    own: (nodePorts) => firewall.own(nodePorts).filter((rule) => podPortOf(rule) === undefined),
  };
}
