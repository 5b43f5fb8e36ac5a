/**
 * Security groups as nftables rules: what may reach a node from outside the VPC, and a load balancer that has groups.
 *
 * Checked where a packet has the source that the node will see, after all address translation, for new flows only: security groups are
 * stateful. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 * Not enforced: egress rules, and rules between nodes and pods inside the VPC.
 */
import type { AwsFacts, IngressFacts, SecurityGroupFacts } from "./facts.ts";
import type { LoadBalancerModel, Model } from "./model.ts";

/** Address blocks inside the VPC: those of instances and of pods. */
export type Inside = readonly string[];

/** One transaction that replaces the whole table. */
export function renderFirewall(facts: AwsFacts, { loadBalancers }: Model, inside: Inside): string {
  const guarded = loadBalancers.filter(
    ({ securityGroups, addresses }) => securityGroups.length > 0 && addresses.length > 0,
  );
  const used = new Set([...facts.instances, ...guarded].flatMap(({ securityGroups }) => securityGroups));
  const groups = facts.securityGroups.filter(({ id }) => used.has(id));
  const interfaces = loadBalancers.flatMap(({ addresses }) =>
    addresses.map(({ privateAddress }) => privateAddress),
  );
  const internal = loadBalancers
    .filter((balancer) => balancer.internal)
    .flatMap(({ addresses }) => addresses.map(({ address }) => address));
  const instances = facts.instances.map(({ id, address, securityGroups }): Door => ({
    id,
    addresses: [address],
    securityGroups,
  }));
  const listeners = guarded.map(({ name, addresses, securityGroups }): Door => ({
    id: name,
    addresses: addresses.map(({ address }) => address),
    securityGroups,
  }));
  const chains = [
    ...groups.map((group) => chain(chainName("group", group.id), groupRules(group, facts, loadBalancers))),
    ...[...instances, ...listeners].map(({ id, securityGroups }) =>
      chain(chainName("to", id), [
        ...groups
          .filter((group) => securityGroups.includes(group.id))
          .map((group) => `jump ${chainName("group", group.id)}`),
        "drop",
      ]),
    ),
    chain("listeners", [
      "type filter hook prerouting priority dstnat - 20;",
      "ct state established,related accept",
      ...when(internal.length > 0, `ip daddr ${set(internal)} ip saddr != ${set(inside)} drop`),
      ...when(listeners.length > 0, `ip daddr vmap ${verdicts(listeners)}`),
    ]),
    chain("instances", [
      "type filter hook postrouting priority srcnat + 10;",
      "ct state established,related accept",
      // The router's own traffic and that between nodes is free, but for health checks and translated flows.
      `ip saddr ${set(inside)}${interfaces.length > 0 ? ` ip saddr != ${set(interfaces)}` : ""} accept`,
      ...when(instances.length > 0, `ip daddr vmap ${verdicts(instances)}`),
      `ip daddr ${set(inside)} drop`,
    ]),
  ];
  return `table ${table}\ndelete table ${table}\ntable ${table} {\n${chains.join("")}}\n`;
}

const table = "ip security_groups";

/** What security groups guard: an instance, or a load balancer's addresses. */
interface Door {
  readonly id: string;
  readonly addresses: readonly string[];
  readonly securityGroups: readonly string[];
}

/** A group's rules, those with the same source and protocol as one: AWS makes a rule per port, and the kernel limits a transaction. */
function groupRules(
  group: SecurityGroupFacts,
  facts: AwsFacts,
  loadBalancers: readonly LoadBalancerModel[],
): string[] {
  const merged = new Map<string, { match: string; rules: IngressFacts[] }>();
  for (const rule of group.ingress) {
    const sources = [
      ...rule.cidrs.map((cidr) => (cidr === "0.0.0.0/0" ? "" : `ip saddr ${cidr} `)),
      ...rule.groups.flatMap((id) => members(id, facts, loadBalancers)),
    ];
    for (const source of sources) {
      const key = `${source}|${rule.protocol}`;
      const entry = merged.get(key) ?? { match: source, rules: [] };
      entry.rules.push(rule);
      merged.set(key, entry);
    }
  }
  return [...merged.values()].flatMap(({ match, rules }) =>
    protocolMatches(rules).map((protocol) => `${match}${protocol}accept`),
  );
}

/**
 * Matches of what belongs to a group: its instances and load balancers by their addresses, and what came through such a load balancer although it
 * has the client's address. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
function members(id: string, facts: AwsFacts, loadBalancers: readonly LoadBalancerModel[]): string[] {
  const balancers = loadBalancers
    .filter(({ securityGroups }) => securityGroups.includes(id))
    .flatMap(({ addresses }) => addresses);
  const own = [
    ...facts.instances
      .filter(({ securityGroups }) => securityGroups.includes(id))
      .map(({ address }) => address),
    ...balancers.map(({ privateAddress }) => privateAddress),
  ];
  return [
    ...when(own.length > 0, `ip saddr ${set(own)} `),
    ...when(
      balancers.length > 0,
      `ct status dnat ct original ip daddr ${set(balancers.map(({ address }) => address))} `,
    ),
  ];
}

/** What a list of rules of one protocol lets through. */
function protocolMatches(rules: readonly IngressFacts[]): string[] {
  const protocol = rules[0]?.protocol ?? "";
  if (protocol === "-1") return [""];
  if (protocol === "icmp") return rules.map(icmpMatch);
  if (protocol !== "tcp" && protocol !== "udp") return [`meta l4proto ${protocol} `];
  const ports = joinRanges(
    rules.map(({ fromPort, toPort }) => (fromPort === -1 ? [0, 65535] : [fromPort, toPort])),
  );
  return [
    `${protocol} dport { ${ports.map(([from, to]) => (from === to ? from.toString() : `${from.toString()}-${to.toString()}`)).join(", ")} } `,
  ];
}

function icmpMatch({ fromPort: type, toPort: code }: IngressFacts): string {
  if (type === -1) return "meta l4proto icmp ";
  return `icmp type ${type.toString()} ${code === -1 ? "" : `icmp code ${code.toString()} `}`;
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

const chain = (name: string, rules: readonly string[]): string =>
  `  chain ${name} {\n${rules.map((rule) => `    ${rule}\n`).join("")}  }\n`;

const set = (values: readonly string[]): string => `{ ${[...new Set(values)].join(", ")} }`;

const verdicts = (doors: readonly Door[]): string =>
  `{ ${doors.flatMap(({ id, addresses }) => addresses.map((address) => `${address} : jump ${chainName("to", id)}`)).join(", ")} }`;

const chainName = (prefix: string, id: string): string => `${prefix}_${id.replace(/[^A-Za-z0-9]/g, "_")}`;

const when = (condition: boolean, rule: string): string[] => (condition ? [rule] : []);
