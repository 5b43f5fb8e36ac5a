/** The rules of one security group as nftables matches. */
import type { AwsFacts, RuleFacts, SecurityGroupFacts } from "./facts.ts";
import type { LoadBalancerModel } from "./model.ts";

export type Direction = "ingress" | "egress";

/** A group's rules in one direction. Rules with the same peer and protocol are merged: AWS has a rule for each port, and the kernel limits a transaction. */
export function groupRules(
  group: SecurityGroupFacts,
  direction: Direction,
  facts: AwsFacts,
  loadBalancers: readonly LoadBalancerModel[],
): string[] {
  const merged = new Map<string, { match: string; rules: RuleFacts[] }>();
  for (const rule of group[direction]) {
    const peers = [
      ...rule.cidrs.map((cidr) => (cidr === "0.0.0.0/0" ? "" : `${peer(direction)} ${cidr} `)),
      ...rule.groups.flatMap((id) => members(id, direction, facts, loadBalancers)),
    ];
    for (const match of peers) {
      const key = `${match}|${rule.protocol}`;
      const entry = merged.get(key) ?? { match, rules: [] };
      entry.rules.push(rule);
      merged.set(key, entry);
    }
  }
  return [...merged.values()].flatMap(({ match, rules }) =>
    protocolMatches(rules).map((protocol) => `${match}${protocol}accept`),
  );
}

const peer = (direction: Direction): string => (direction === "ingress" ? "ip saddr" : "ip daddr");

/**
 * Matches for the members of a group: the addresses of its instances and load balancers, and what came through such a load balancer with the client's address. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
function members(
  id: string,
  direction: Direction,
  facts: AwsFacts,
  loadBalancers: readonly LoadBalancerModel[],
): string[] {
  const ofGroup = loadBalancers.filter(({ securityGroups }) => securityGroups.includes(id));
  const balancers = ofGroup.flatMap(({ addresses }) => addresses);
  const exits = ofGroup.flatMap(({ listeners }) => listeners.flatMap(({ proxied }) => proxied?.exit ?? []));
  const own = [
    ...facts.instances
      .filter(({ securityGroups }) => securityGroups.includes(id))
      .flatMap(({ address, prefixes }) => [address, ...prefixes]),
    ...balancers.map(({ privateAddress }) => privateAddress),
  ];
  const through = direction === "ingress" ? [...balancers.map(({ address }) => address), ...exits] : [];
  return [
    ...(own.length > 0 ? [`${peer(direction)} ${anyOf(own)} `] : []),
    ...(through.length > 0 ? [`ct status dnat ct original ip daddr ${anyOf(through)} `] : []),
  ];
}

/** The matches of rules with one protocol. */
function protocolMatches(rules: readonly RuleFacts[]): string[] {
  const protocol = rules[0]?.protocol ?? "";
  if (protocol === "-1") return [""];
  if (protocol === "icmp") return rules.map(icmpMatch);
  if (protocol !== "tcp" && protocol !== "udp") return [`meta l4proto ${protocol} `];
  const ports = joinRanges(
    rules.map(({ fromPort, toPort }) => (fromPort === -1 ? [0, 65535] : [fromPort, toPort])),
  );
  return [
    `${protocol} dport { ${ports.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(", ")} } `,
  ];
}

function icmpMatch({ fromPort: type, toPort: code }: RuleFacts): string {
  if (type === -1) return "meta l4proto icmp ";
  return `icmp type ${type} ${code === -1 ? "" : `icmp code ${code} `}`;
}

/** Ranges without overlaps, which nftables' interval sets refuse. */
export function joinRanges(ranges: readonly (readonly [number, number])[]): [number, number][] {
  const joined: [number, number][] = [];
  for (const [from, to] of [...ranges].sort(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** An anonymous set. */
const anyOf = (values: readonly string[]): string => `{ ${[...new Set(values)].join(", ")} }`;
