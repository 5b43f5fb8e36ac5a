/**
 * How a node handles a Service's traffic, by kube-proxy's IPv4 rules in nftables or iptables mode. The reader understands their structure, so it notices foreign rules among
 * them. It does not read other tables of the node.
 */
import type { DataPathFacts } from "../../model/dataPath.ts";
import type { ServiceFacts } from "../../model/service.ts";
import { marksInline, withMarkChain } from "./inlineMarks.ts";
import { entranceFacts } from "./entranceFacts.ts";
import type { ServiceRules } from "./entranceFacts.ts";
import { namedEntrances, keyOf, unnamedEntrances } from "./entrances.ts";
import type { Entrance } from "./entrances.ts";
import { readIptables } from "./iptables/ruleSet.ts";
import { readRuleSet } from "./ruleSet.ts";
import type { RuleSet } from "./ruleSet.ts";
import { checkSharedChains } from "./sharedChains.ts";
import { ServiceChains } from "./ways.ts";

/** kube-proxy's mode, and the output of the node's command for it. */
export interface Listing {
  readonly mode: keyof typeof modes;
  readonly rules: string;
}

/** For each mode: the command for a node, and what its output says. */
export const modes = {
  nftables: {
    listRules: ["nft", "--json", "list", "table", "ip", "kube-proxy"],
    read: (rules: string): RuleSet => {
      const ruleSet = readRuleSet(rules);
      checkSharedChains(ruleSet);
      return marksInline(ruleSet) ? withMarkChain(ruleSet) : ruleSet;
    },
  },
  iptables: { listRules: ["iptables-save"], read: readIptables },
} as const;

/**
 * @throws if something is not understood, or the node does not know the Service
 */
export function dataPathOf(node: string, listing: Listing, service: ServiceFacts): DataPathFacts {
  try {
    return { node, mode: listing.mode, entrances: entrancesOf(listing, service) };
  } catch (error) {
    throw new Error(`${node}: ${(error as Error).message}`, { cause: error });
  }
}

function entrancesOf({ mode, rules: listed }: Listing, service: ServiceFacts): DataPathFacts["entrances"] {
  const { namespace, identity, clusterIPs, ipFamilies } = service;
  if (ipFamilies.includes("IPv6"))
    throw new Error(`${namespace}/${identity.name} is also reached by IPv6, whose rules are not read`);
  const ruleSet = modes[mode].read(listed);
  const rules: ServiceRules = { ruleSet, chains: new ServiceChains(ruleSet), clusterIPs };
  const factsOf = (entrances: readonly Entrance[]) =>
    entrances.flatMap((entrance) => entranceFacts(entrance, rules) ?? []);
  const named = namedEntrances(service);
  const known = factsOf(named);
  if (known.length === 0)
    throw new Error(
      `kube-proxy has no rules for ${namespace}/${identity.name}, neither for ${named.map(keyOf).join(" nor for ")}`,
    );
  return [...known, ...factsOf(unnamedEntrances(ruleSet, named, rules.chains))];
}
