import type { KnownValues } from "../core/onceKnown.ts";
import { ownRules, sharedRules, without } from "./firewallRules.ts";
import type { FirewallRule, OpenPort } from "./firewallRules.ts";
import { groupWideRules, listenerRules, nodePortRules } from "./groupRules.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import { clientsOf } from "./ruleSources.ts";
import type { SourceOptions } from "./sourceOptions.ts";

/** What the rules of a load balancer follow from. */
export interface FirewallNeeds {
  readonly ports: readonly Omit<OpenPort, "nodePort">[];
  readonly options: Pick<
    NetworkLoadBalancerOptions,
    "securityGroups" | "loadBalancerSourceRanges" | keyof SourceOptions
  >;
  /** Of the load balancer's subnets. */
  readonly subnetCidrs: readonly string[];
  /** Whether to have the rules on the nodes that all load balancers need. */
  readonly sharedNodeRules: boolean;
}

/** The rules of a load balancer, by where they are declared. */
export interface Firewall {
  /** In the nodes' security group, the same for all load balancers. */
  readonly shared: readonly FirewallRule[];
  /** In the nodes' security group, for this load balancer alone. */
  readonly own: (nodePorts: KnownValues<number>) => readonly FirewallRule[];
  /** In the group that the program makes for the load balancer. */
  readonly ofOwnGroup: readonly FirewallRule[];
}

/** In the keys of rules, the group that the program makes. */
const ownGroup = "own-group";

export function firewallOf(needs: FirewallNeeds): Firewall {
  const { ports, options, subnetCidrs, sharedNodeRules } = needs;
  const { securityGroups } = options;
  const clients = clientsOf(options);
  const open = (nodePorts: KnownValues<number>): OpenPort[] =>
    ports.map((port) => {
      const nodePort = nodePorts[port.port];
      return nodePort === undefined ? port : { ...port, nodePort };
    });
  if (securityGroups === undefined) {
    const rules = (nodePorts: KnownValues<number>) => ({ ports: open(nodePorts), clients, subnetCidrs });
    const shared = sharedNodeRules ? sharedRules(rules({})) : [];
    return { shared, own: (nodePorts) => without(ownRules(rules(nodePorts)), shared), ofOwnGroup: [] };
  }
  if (securityGroups === "own") {
    // No other load balancer has this group.
    const wide = groupWideRules(open({}), ownGroup);
    return {
      shared: [],
      own: (nodePorts) => [...wide, ...without(nodePortRules(open(nodePorts), ownGroup), wide)],
      ofOwnGroup: listenerRules(ports, clients),
    };
  }
  const [group = ""] = securityGroups;
  const shared = sharedNodeRules ? groupWideRules(open({}), group) : [];
  return {
    shared,
    own: (nodePorts) => without(nodePortRules(open(nodePorts), group), shared),
    ofOwnGroup: [],
  };
}
