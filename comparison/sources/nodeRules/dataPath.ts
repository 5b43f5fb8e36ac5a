/**
 * How a node handles a Service's traffic, by kube-proxy's IPv4 rules in nftables mode. The reader understands their structure, so it notices foreign rules among
 * them. It does not read other tables of the node.
 */
import type { DataPathFacts } from "../../model/dataPath.ts";
import type { ServiceFacts } from "../../model/service.ts";
import { entranceFacts } from "./entranceFacts.ts";
import type { ServiceRules } from "./entranceFacts.ts";
import { namedEntrances, keyOf, unnamedEntrances } from "./entrances.ts";
import type { Entrance } from "./entrances.ts";
import { readRuleSet } from "./ruleSet.ts";
import { checkSharedChains } from "./sharedChains.ts";
import { ServiceChains } from "./ways.ts";

/** The command for a node. Its output is the argument of {@link dataPathOf}. */
export const listRules: readonly string[] = ["nft", "--json", "list", "table", "ip", "kube-proxy"];

/**
 * @param listing the node's output for {@link listRules}
 * @throws if something is not understood, or the node does not know the Service
 */
export function dataPathOf(node: string, listing: string, service: ServiceFacts): DataPathFacts {
  try {
    return { node, mode: "nftables", entrances: entrancesOf(listing, service) };
  } catch (error) {
    throw new Error(`${node}: ${(error as Error).message}`, { cause: error });
  }
}

function entrancesOf(listing: string, service: ServiceFacts): DataPathFacts["entrances"] {
  const { namespace, identity, clusterIPs, ipFamilies } = service;
  if (ipFamilies.includes("IPv6"))
    throw new Error(`${namespace}/${identity.name} is also reached by IPv6, whose rules are not read`);
  const ruleSet = readRuleSet(listing);
  checkSharedChains(ruleSet);
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
