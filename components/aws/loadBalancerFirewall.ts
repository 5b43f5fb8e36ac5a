import type { KnownValues } from "../core/onceKnown.ts";
import { ownRules, sharedRules, without } from "./firewallRules.ts";
import type { FirewallRule, OpenPort } from "./firewallRules.ts";
import { groupWideRules, listenerRules, nodePortRules } from "./groupRules.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import { clientsOf } from "./ruleSources.ts";
import type { SourceOptions } from "./sourceOptions.ts";
import { preservesClientIp } from "./targetType.ts";

/** What the rules of a load balancer follow from. */
export interface FirewallNeeds {
  readonly ports: readonly Omit<OpenPort, "nodePort">[];
  readonly options: Pick<
    NetworkLoadBalancerOptions,
    | "securityGroups"
    | "loadBalancerSourceRanges"
    | "healthCheckNodePort"
    | "preserveClientIp"
    | "targetType"
    | keyof SourceOptions
  >;
  /** Of the load balancer's subnets. */
  readonly subnetCidrs: readonly string[];
  /** Whether to have the rules on the nodes that all load balancers need. */
  readonly sharedNodeRules: boolean;
}

/** The rules of a load balancer, by where they are declared. */
export interface Firewall {
  /**
   * In the nodes' security group, for no node port: other exposures of the load balancer need the same, and other load balancers too unless this one has a group of
   * its own.
   */
  readonly fixed: readonly FirewallRule[];
  /** In the nodes' security group, for the node ports of these listeners alone. */
  readonly own: (nodePorts: KnownValues<number>) => readonly FirewallRule[];
  /** In the group that the program makes for the load balancer. */
  readonly ofOwnGroup: {
    /** Other exposures of the load balancer need the same. */
    readonly fixed: readonly FirewallRule[];
    readonly own: readonly FirewallRule[];
  };
}

/** The firewall where the rules on the nodes with these keys are declared already. AWS keeps each once. */
export function besides(firewall: Firewall, keys: ReadonlySet<string>): Firewall {
  const isMissing = ({ key }: FirewallRule): boolean => !keys.has(key);
  return {
    ...firewall,
    fixed: firewall.fixed.filter(isMissing),
    own: (nodePorts) => firewall.own(nodePorts).filter(isMissing),
  };
}

/** In the keys of rules, the group that the program makes. */
const ownGroup = "own-group";

const none = { fixed: [], own: [] };

export function firewallOf(needs: FirewallNeeds): Firewall {
  const { ports, options, subnetCidrs, sharedNodeRules } = needs;
  const { securityGroups, healthCheckNodePort } = options;
  // No other load balancer checks this port, which is one Service's.
  const isShared = ({ ipProtocol, ports: opened }: FirewallRule): boolean =>
    ipProtocol !== "tcp" || opened.kind !== "fixed" || opened.fromPort !== healthCheckNodePort;
  const clients = clientsOf(options);
  const open = (nodePorts: KnownValues<number>): OpenPort[] =>
    ports.map((port) => {
      const nodePort = nodePorts[port.port];
      return nodePort === undefined ? port : { ...port, nodePort };
    });
  const onNodes = (
    forNoNodePort: readonly FirewallRule[],
    forNodePorts: (nodePorts: KnownValues<number>) => readonly FirewallRule[],
  ): Firewall => {
    const fixed = sharedNodeRules ? forNoNodePort.filter(isShared) : [];
    const checks = forNoNodePort.filter((rule) => !isShared(rule));
    return {
      fixed,
      own: (nodePorts) => [...checks, ...without(forNodePorts(nodePorts), [...fixed, ...checks])],
      ofOwnGroup: none,
    };
  };
  if (securityGroups === undefined) {
    const keepsClientIp = preservesClientIp(options);
    const rules = (nodePorts: KnownValues<number>) => ({
      ports: open(nodePorts),
      clients,
      subnetCidrs,
      keepsClientIp,
    });
    return onNodes(sharedRules(rules({})), (nodePorts) => ownRules(rules(nodePorts)));
  }
  if (securityGroups === "own") {
    // No other load balancer has this group.
    const fixed = groupWideRules(open({}), ownGroup);
    const inGroup = listenerRules(ports, clients);
    const isPathMtu = ({ ipProtocol }: FirewallRule): boolean => ipProtocol.startsWith("icmp");
    return {
      fixed,
      own: (nodePorts) => without(nodePortRules(open(nodePorts), ownGroup), fixed),
      ofOwnGroup: {
        fixed: inGroup.filter(isPathMtu),
        own: inGroup.filter((rule) => !isPathMtu(rule)),
      },
    };
  }
  const [group = ""] = securityGroups;
  return onNodes(groupWideRules(open({}), group), (nodePorts) => nodePortRules(open(nodePorts), group));
}
