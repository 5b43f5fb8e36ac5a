/**
 * Security groups as nftables rules: what may reach a node and its pods from outside the VPC, and what may reach and leave a load balancer that has security groups.
 *
 * The rules apply after all address translation, where a packet has the source that the node will see, and to new flows only: security groups are stateful. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 * Not enforced: egress rules of nodes, and rules between nodes and pods inside the VPC.
 */
import type { AwsFacts } from "./facts.ts";
import type { LoadBalancerModel, Model } from "./model.ts";
import type { Content, Table } from "./nftables.ts";
import { groupRules } from "./securityGroups.ts";
import type { Direction } from "./securityGroups.ts";

/** The rules, and the chain that decides about each address. */
export function buildFirewall(facts: AwsFacts, { loadBalancers }: Model): Content {
  const chains = new Map<string, readonly string[]>();
  const elements = new Map<string, Map<string, string>>();
  const put = (map: string, key: string, value = ""): void => {
    elements.set(map, (elements.get(map) ?? new Map<string, string>()).set(key, value));
  };
  /** Makes a chain for the owner and one for each of its groups. @returns the jump to the owner's */
  const guard = (owner: string, securityGroups: readonly string[], direction: Direction): string => {
    const groups = facts.securityGroups.filter(({ id }) => securityGroups.includes(id));
    for (const group of groups) {
      const name = chainName(direction, group.id);
      if (!chains.has(name)) chains.set(name, groupRules(group, direction, facts, loadBalancers));
    }
    const chain = chainName(direction === "ingress" ? "to" : "from", owner);
    chains.set(chain, [...groups.map(({ id }) => `jump ${chainName(direction, id)}`), "drop"]);
    return `jump ${chain}`;
  };
  const toPods: string[] = [];
  for (const { id, address, prefixes, securityGroups } of facts.instances) {
    const enter = guard(`node-${id}`, securityGroups, "ingress");
    put("instances", address, enter);
    if (prefixes.length > 0) toPods.push(`ip daddr { ${prefixes.join(", ")} } ${enter}`);
  }
  chains.set("pods", toPods);
  for (const balancer of loadBalancers) {
    const exits = new Set(balancer.listeners.flatMap(({ proxied }) => proxied?.exit ?? []));
    for (const { address, privateAddress } of balancer.addresses) {
      put("interfaces", privateAddress);
      if (balancer.internal) put("internal", address);
    }
    if (isGuarded(balancer)) {
      const enter = guard(`nlb-${balancer.name}`, balancer.securityGroups, "ingress");
      const leave = guard(`nlb-${balancer.name}`, balancer.securityGroups, "egress");
      for (const { address, privateAddress } of balancer.addresses) {
        put("listeners", address, enter);
        put("checks", privateAddress, leave);
        put("flows", address, leave);
      }
      for (const exit of exits) put("flows", exit, leave);
    }
  }
  return { objects: new Map(), chains, elements };
}

/** A load balancer without security groups permits everything. */
const isGuarded = ({ securityGroups, addresses }: LoadBalancerModel): boolean =>
  securityGroups.length > 0 && addresses.length > 0;

const chainName = (prefix: string, id: string): string => `${prefix}_${id.replace(/[^A-Za-z0-9]/g, "_")}`;

/** @param inside address blocks inside the VPC */
export function firewallTable(inside: readonly string[]): Table {
  return {
    name: "ip security_groups",
    order: ["instances", "interfaces", "internal", "listeners", "checks", "flows"],
    skeleton: `
  map instances { type ipv4_addr : verdict; }
  set interfaces { type ipv4_addr; }
  set internal { type ipv4_addr; }
  map listeners { type ipv4_addr : verdict; }
  map checks { type ipv4_addr : verdict; }
  map flows { type ipv4_addr : verdict; }
  set inside { type ipv4_addr; flags interval; elements = { ${inside.join(", ")} }; }
  chain pods {
  }
  chain entering {
    type filter hook prerouting priority dstnat - 20;
    ct state established,related accept
    ip daddr @internal ip saddr != @inside drop
    ip daddr vmap @listeners
  }
  chain leaving {
    type filter hook postrouting priority srcnat + 9;
    ct state established,related accept
    ip saddr vmap @checks
    ct status dnat ct original ip daddr vmap @flows
  }
  chain arriving {
    type filter hook postrouting priority srcnat + 10;
    ct state established,related accept
    # The router's own traffic and traffic between nodes is permitted, except for health checks and translated flows.
    ip saddr @inside ip saddr != @interfaces accept
    ip daddr vmap @instances
    jump pods
    ip daddr @inside drop
  }
`,
  };
}
