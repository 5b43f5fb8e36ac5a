/**
 * kube-proxy's rules from Kubernetes 1.36 on, in the words of older ones: both say the same of a Service, so that one reader understands both. 1.36 sets the mark for
 * masquerading where older ones jump to a chain for it, translates to endpoints in one rule where they have a chain for each endpoint, and says once for all Services
 * what they say in the chains of each.
 * kubernetes v1.36.3 pkg/proxy/nftables/proxier.go: setupNFTables, syncProxyRules, writeServiceToEndpointDNATs, writeServiceToEndpointJumps.
 */
import type { Chain, RuleSet } from "./ruleSet.ts";

/** Marks at once what is to be masqueraded; `bit` is kube-proxy's in the packet's mark, `--masquerade-bit`. */
const setMark = (bit: string): string => String.raw`meta mark set meta mark \| ${bit}`;

/** In the chain `masquerading`. */
export const masqueradesMarked =
  /^meta mark & (?<bit>\d+) != 0 meta mark set meta mark \^ \k<bit> masquerade fully-random$/;
export const masqueradesHairpins =
  "ct status dnat ip saddr . ip daddr . meta l4proto . th dport @hairpin-connections masquerade fully-random";
/** In the chain `services`, unless kube-proxy cannot tell pods' traffic: for all cluster IPs, and with `--masquerade-all` for all senders. */
export const marksClusterIPs = (bit: string): RegExp =>
  new RegExp(
    String.raw`^ip daddr @cluster-ips (?<notPods>(?:ip saddr|meta iifname) != \S+ )?${setMark(bit)}$`,
  );

const toEndpoints =
  /^meta l4proto (?<protocol>\S+) dnat ip to numgen random mod (?<count>\d+) map \{ (?<choices>.+) \}$/;
const toEndpoint = /^meta l4proto (?<protocol>\S+) dnat to (?<address>[\d.]+):(?<port>\d+)$/;

/** Whether the rules are those of 1.36 and later. */
export const marksInline = ({ chains }: RuleSet): boolean => !chains.has("mark-for-masquerade");

/** @param ruleSet whose shared chains are as kube-proxy 1.36 writes them */
export function withMarkChain(ruleSet: RuleSet): RuleSet {
  const bit = masqueradesMarked.exec(ruleSet.chains.get("masquerading")?.rules[0] ?? "")?.groups?.bit ?? "";
  const endpoints = new Map<string, Chain>();
  const chains = new Map<string, Chain>();
  for (const [name, chain] of ruleSet.chains) {
    const rules = [
      ...clusterIPMarks(name, bit, ruleSet),
      ...chain.rules.flatMap((rule) => inOlderWords(rule, bit, ruleSet, endpoints)),
    ];
    chains.set(name, { ...chain, rules });
  }
  return { ...ruleSet, chains: new Map([...chains, ...endpoints]) };
}

/** What the chain `services` marks before it leads to this chain. */
function clusterIPMarks(name: string, bit: string, { chains, maps, sets }: RuleSet): readonly string[] {
  const marking = marksClusterIPs(bit).exec(chains.get("services")?.rules[0] ?? "");
  if (marking === null) return [];
  const addresses = [...(maps.get("service-ips") ?? [])].flatMap(([key, verdict]) =>
    verdict === `goto ${name}` ? [key.split(" . ")[0] ?? ""] : [],
  );
  const clusterIPs = sets.get("cluster-ips") ?? new Set();
  return [...new Set(addresses)]
    .filter((address) => clusterIPs.has(address))
    .map((address) => `ip daddr ${address} ${marking.groups?.notPods ?? ""}jump mark-for-masquerade`);
}

/** @param endpoints gets the chains that older ones have for endpoints */
function inOlderWords(
  rule: string,
  bit: string,
  ruleSet: RuleSet,
  endpoints: Map<string, Chain>,
): readonly string[] {
  const mark = new RegExp(`^(?<from>fib saddr type local )?${setMark(bit)}$`).exec(rule);
  if (mark !== null) return [`${mark.groups?.from ?? ""}jump mark-for-masquerade`];
  const one = toEndpoint.exec(rule)?.groups;
  if (one !== undefined) return endpointRules(one, rule, ruleSet);
  const several = toEndpoints.exec(rule)?.groups;
  if (several === undefined) return [rule];
  const { protocol = "", count = "", choices = "" } = several;
  const found = choices.split(", ").map((choice) => {
    const [, number = "", address = "", port = ""] = /^(\d+) : ([\d.]+) \. (\d+)$/.exec(choice) ?? [];
    return { number, address, port, name: `to-${address}:${port}/${protocol}` };
  });
  const isEven = found.every(({ number }, index) => number === String(index));
  // Each endpoint once; any other choice keeps its own words, which no reader of rules knows.
  if (!isEven || new Set(found.map(({ name }) => name)).size !== Number(count)) return [rule];
  for (const { address, port, name } of found) {
    const translation = `meta l4proto ${protocol} dnat to ${address}:${port}`;
    endpoints.set(name, { rules: endpointRules({ protocol, address, port }, translation, ruleSet) });
  }
  const goes = found.map(({ number, name }) => `${number} : goto ${name}`);
  return [`numgen random mod ${count} vmap { ${goes.join(", ")} }`];
}

/**
 * The set of hairpins has this node's endpoints only. The rules do not tell which endpoints are on the node, unless the set has another port of the same address.
 */
function endpointRules(
  { protocol = "", address = "", port = "" }: Readonly<Record<string, string>>,
  translation: string,
  { sets }: RuleSet,
): readonly string[] {
  const hairpins = [...(sets.get("hairpin-connections") ?? [])];
  const isHere = hairpins.some((each) => each.startsWith(`${address} . `));
  const masquerades = hairpins.includes([address, address, protocol, port].join(" . "));
  return [...(isHere && !masquerades ? [] : [`ip saddr ${address} jump mark-for-masquerade`]), translation];
}
