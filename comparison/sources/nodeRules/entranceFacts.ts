/** How a node handles the traffic of one entrance. */
import type { EntranceFacts } from "../../model/dataPath.ts";
import { chainIn, keyOf, mapOf, mapsFor } from "./entrances.ts";
import type { Entrance } from "./entrances.ts";
import type { RuleSet } from "./ruleSet.ts";
import type { ServiceChains, Way } from "./ways.ts";

/** A Service on a node. */
export interface ServiceRules {
  readonly ruleSet: RuleSet;
  readonly chains: ServiceChains;
  readonly clusterIPs: readonly string[];
}

/** The verdict on traffic without endpoints, and its effect for the sender. */
const refusals: Readonly<Record<string, "dropped" | "refused">> = {
  "goto reject-chain": "refused",
  drop: "dropped",
};

/** By the senders whose source address is replaced: outside, pods, the node itself. */
const masquerades: Readonly<Record<string, EntranceFacts["masquerade"]>> = {
  "true true true": "always",
  "true false true": "from outside the cluster",
  "false false true": "from the node itself",
  "false false false": "never",
};

/**
 * @returns undefined if the node does not know the entrance
 * @throws if a chain masquerades for a combination of senders that kube-proxy never uses
 */
export function entranceFacts(entrance: Entrance, rules: ServiceRules): EntranceFacts | undefined {
  const { ruleSet, chains, clusterIPs } = rules;
  const { services, withoutEndpoints, firewall } = mapsFor(entrance);
  const entryOf = (map: string): string | undefined => mapOf(ruleSet, map).get(keyOf(entrance));
  const [verdict, refusal] = [entryOf(services), entryOf(withoutEndpoints)];
  if (verdict === undefined && refusal === undefined) return undefined;
  const chain = chainIn(verdict);
  const { outside, pods, node } = chains.ways(chain, entrance.address);
  const ways = [outside, pods, node];
  const endpoints = (way: Way): readonly string[] =>
    way.to.flatMap((to) => chains.endpoint(to, entrance.protocol).endpoint ?? []).sort();
  const inside = { pods: endpoints(pods), node: endpoints(node) };
  const isSame = [inside.pods, inside.node].every((list) => list.join() === endpoints(outside).join());
  const affinity = affinityOf(ways, entrance, rules);
  const admission = admissionBy(firewall === undefined ? undefined : entryOf(firewall), chains);
  const deviations = new Set([
    ...(verdict !== undefined && chain === undefined ? [`${services}: ${verdict}`] : []),
    ...(refusal !== undefined && refusals[refusal] === undefined ? [`${withoutEndpoints}: ${refusal}`] : []),
    ...ways.flatMap(({ through }) => through.flatMap((name) => chains.deviations(name, clusterIPs))),
    ...ways.flatMap(({ to }) => to.flatMap((name) => chains.endpoint(name, entrance.protocol).deviations)),
    ...affinity.deviations,
    ...admission.deviations,
  ]);
  const refused = refusals[refusal ?? ""];
  return {
    ...entrance,
    endpoints: endpoints(outside),
    ...(isSame ? {} : { endpointsFromInside: inside }),
    masquerade: masqueradeOf(ways, chain),
    sourceRanges: admission.ranges,
    ...(affinity.seconds === undefined ? {} : { sessionAffinitySeconds: affinity.seconds }),
    ...(refused === undefined ? {} : { withoutEndpoints: refused }),
    ...(deviations.size === 0 ? {} : { deviations: [...deviations] }),
  };
}

function masqueradeOf(ways: readonly Way[], chain: string | undefined): EntranceFacts["masquerade"] {
  const masquerade = masquerades[ways.map(({ masqueraded }) => masqueraded).join(" ")];
  if (masquerade !== undefined) return masquerade;
  const [outside, pods, node] = ways.map(({ masqueraded }) => (masqueraded ? "masqueraded" : "not"));
  throw new Error(
    `the chain ${String(chain)} is not understood: traffic from outside is ${outside}, pods' ${pods}, the node's own ${node}`,
  );
}

interface Affinity {
  readonly seconds?: number;
  readonly deviations: readonly string[];
}

/** There is affinity if every endpoint's clients are remembered, and sent to the same endpoint until they expire. */
function affinityOf(
  ways: readonly Way[],
  { protocol }: Entrance,
  { ruleSet, chains }: ServiceRules,
): Affinity {
  const deviations: string[] = [];
  const periods = new Set<number | undefined>();
  for (const { to, through } of ways) {
    const sticking = through.flatMap((name) => chains.rules(name).filter((rule) => rule.kind === "stick"));
    const kept = to.map((chain) => {
      const { clients } = chains.endpoint(chain, protocol);
      const rule = sticking.find((stick) => stick.chain === chain && stick.set === clients);
      if (rule === undefined && clients !== undefined) deviations.push(`${chain}: remembers clients in vain`);
      periods.add(rule === undefined ? undefined : ruleSet.timeoutSeconds.get(rule.set));
      return rule;
    });
    deviations.push(...sticking.filter((rule) => !kept.includes(rule)).map(({ text }) => text));
  }
  const [seconds, ...others] = periods;
  if (others.length > 0) deviations.push("session affinity is not the same for all endpoints");
  return { ...(seconds === undefined || others.length > 0 ? {} : { seconds }), deviations };
}

/** The admitted ranges, by `loadBalancerSourceRanges`. The kernel merges neighbouring ranges. */
function admissionBy(
  verdict: string | undefined,
  chains: ServiceChains,
): { readonly ranges: readonly string[]; readonly deviations: readonly string[] } {
  if (verdict === undefined) return { ranges: [], deviations: [] };
  const chain = chainIn(verdict);
  if (chain === undefined) return { ranges: [], deviations: [`firewall-ips: ${verdict}`] };
  const [first, ...others] = chains.rules(chain);
  if (first?.kind !== "admit") {
    const all = first === undefined ? ["admits all"] : [first, ...others].map(({ text }) => text);
    return { ranges: [], deviations: all.map((what) => `${chain}: ${what}`) };
  }
  return { ranges: first.ranges, deviations: others.map(({ text }) => `${chain}: ${text}`) };
}
