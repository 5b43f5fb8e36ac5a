/**
 * kube-proxy's rules in iptables mode, in the words of its rules in nftables mode: both say the same of a Service, so that one reader understands both.
 * kubernetes v1.35.4 pkg/proxy/iptables/proxier.go: syncProxyRules, writeServiceToEndpointRules.
 */
import type { Chain, RuleSet } from "../ruleSet.ts";
import { readTables } from "./listing.ts";
import type { SavedChain, SavedTables } from "./listing.ts";
import { chainOf, checkSharedChains, misunderstood } from "./sharedChains.ts";
import { serviceChain } from "./serviceChains.ts";

/** @throws if the listing is not understood, or shared chains are not as kube-proxy writes them */
export function readIptables(saved: string): RuleSet {
  const tables = readTables(saved);
  checkSharedChains(tables);
  const entrances = entrancesIn(tables);
  const timeoutSeconds = new Map<string, number>();
  const chains = new Map<string, Chain>();
  for (const [name, { rules }] of tables.get("nat") ?? []) {
    if (!/^KUBE-(?:SVC|SVL|EXT|SEP)-/.test(name)) continue;
    const { rules: read, timeouts } = serviceChain(rules);
    chains.set(name, { rules: read });
    for (const [set, seconds] of timeouts) timeoutSeconds.set(set, seconds);
  }
  const firewall = new Map<string, string>();
  for (const [key, verdict] of entrances.services) {
    const [, name] = /^goto (KUBE-FW-\S+)$/.exec(verdict) ?? [];
    if (name === undefined) continue;
    const { admitted, rules } = firewallChain(chainOf(tables, "nat", name), entrances.dropped.has(key));
    if (admitted !== undefined) entrances.services.set(key, `goto ${admitted}`);
    firewall.set(key, verdict);
    chains.set(name, { rules });
  }
  const maps = new Map([
    ["service-ips", entrances.services],
    ["service-nodeports", entrances.nodePorts],
    ["no-endpoint-services", entrances.refused],
    ["no-endpoint-nodeports", entrances.refusedNodePorts],
    ["firewall-ips", firewall],
  ]);
  return { chains, maps, sets: new Map(), timeoutSeconds };
}

const address = String.raw`-d (?<address>[\d.]+)/32 `;
const protocol = String.raw`-p (?<protocol>\w+) `;
const port = String.raw`--dport (?<port>\d+) `;
const chain = String.raw`-j (?<verdict>KUBE-\S+)$`;
const refusal = String.raw`-j (?<verdict>REJECT --reject-with icmp-port-unreachable|DROP)$`;
const atNode = "-m addrtype --dst-type LOCAL ";

/** The nftables mode's verdicts. */
const verdictOf = (target: string): string =>
  target === "DROP" ? "drop" : target.startsWith("REJECT") ? "goto reject-chain" : `goto ${target}`;

interface Entrances {
  readonly services: Map<string, string>;
  readonly nodePorts: Map<string, string>;
  readonly refused: Map<string, string>;
  readonly refusedNodePorts: Map<string, string>;
  /** Dropped if nothing has translated it. */
  readonly dropped: Map<string, string>;
}

/** Verdicts by keys as in the nftables mode's maps, such as `172.20.0.1 . tcp . 443`. */
function entrancesIn(tables: SavedTables): Entrances {
  const found: Entrances = {
    services: new Map(),
    nodePorts: new Map(),
    refused: new Map(),
    refusedNodePorts: new Map(),
    dropped: new Map(),
  };
  type Shape = readonly [RegExp, Map<string, string> | "passed over"];
  const read = (table: string, name: string, shapes: readonly Shape[]): void => {
    for (const rule of chainOf(tables, table, name).rules) {
      const fitting = shapes.find(([shape]) => shape.test(rule));
      if (fitting === undefined) throw misunderstood(name, `has the rule "${rule}"`);
      const [shape, map] = fitting;
      if (map === "passed over") continue;
      const { address, protocol, port, verdict = "" } = shape.exec(rule)?.groups ?? {};
      const key = [address, protocol, port].filter((part) => part !== undefined).join(" . ");
      // The first rule that matches a packet counts.
      if (!map.has(key)) map.set(key, verdictOf(verdict));
    }
  };
  const toNodePorts = `${atNode}-j KUBE-NODEPORTS`;
  read("nat", "KUBE-SERVICES", [
    [new RegExp(`^${toNodePorts}$`), "passed over"],
    [new RegExp(`^${address}${protocol}${port}${chain}`), found.services],
  ]);
  if (chainOf(tables, "nat", "KUBE-SERVICES").rules.at(-1) !== toNodePorts)
    throw misunderstood("KUBE-SERVICES", `does not end with "${toNodePorts}"`);
  read("nat", "KUBE-NODEPORTS", [
    [new RegExp(`^${protocol}${port}${chain}`), found.nodePorts],
    // Counts what comes from the node's own loopback, and treats it as the rule that follows.
    [
      new RegExp(`^-d 127\\.0\\.0\\.0/8 ${protocol}${port}-m nfacct --nfacct-name +\\S+ ${chain}`),
      "passed over",
    ],
  ]);
  read("filter", "KUBE-SERVICES", [[new RegExp(`^${address}${protocol}${port}${refusal}`), found.refused]]);
  read("filter", "KUBE-EXTERNAL-SERVICES", [
    [new RegExp(`^${address}${protocol}${port}${refusal}`), found.refused],
    [new RegExp(`^${protocol}${atNode}${port}${refusal}`), found.refusedNodePorts],
  ]);
  // Health checks of policy Local: the node's own answer, which no Service's traffic passes.
  read("filter", "KUBE-NODEPORTS", [[new RegExp(`^-p tcp ${port}-j ACCEPT$`), "passed over"]]);
  read("filter", "KUBE-PROXY-FIREWALL", [
    [new RegExp(`^${address}${protocol}${port}-j (?<verdict>DROP)$`), found.dropped],
  ]);
  return found;
}

/** @param drops whether what the chain does not admit is dropped later */
function firewallChain(
  { rules }: SavedChain,
  drops: boolean,
): { readonly admitted: string | undefined; readonly rules: readonly string[] } {
  const admitting = rules.flatMap((rule) => {
    const [, range = "0.0.0.0/0", target] = /^(?:-s (\S+) )?-j (KUBE-EXT-\S+)$/.exec(rule) ?? [];
    return target === undefined ? [] : [{ rule, range: range.replace(/\/32$/, ""), target }];
  });
  const ranges = admitting.map(({ range }) => range).sort();
  // The last rule has no target, only a comment.
  const others = rules.filter((rule) => rule !== "" && !admitting.some((each) => each.rule === rule));
  const list = ranges.length === 1 ? ranges.join() : `{ ${ranges.join(", ")} }`;
  return {
    admitted: admitting[0]?.target,
    rules: [...(drops ? [`ip saddr != ${list} drop`] : []), ...others],
  };
}
