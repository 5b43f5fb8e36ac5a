/** The pods' placement by the scheduler. */
import type { Exposure, Facts } from "../../model/exposure.ts";
import type { EndpointFacts } from "../../model/service.ts";
import { factsIn } from "../../model/sourceResult.ts";
import type { Entry } from "../entry.ts";
import { inNodeOrder } from "../roles.ts";

/** Of the cluster's nodes. */
export function zonesByNode({ cluster }: Facts): ReadonlyMap<string, string> {
  return new Map(factsIn(cluster)?.nodes.map(({ name, zone }) => [name, zone]));
}

export const placement: Entry = {
  id: "placement-of-pods",
  why: "The scheduler chooses the nodes separately for each Deployment.",
  affects: "nobody under externalTrafficPolicy Cluster, where every node forwards to every pod",
  remedy: "run as many pods as there are nodes",
  source: "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
  expects({ facts, left, right }) {
    const zones = zonesByNode(facts);
    const [ours, theirs] = [readyPods(left), readyPods(right)];
    // A node that the cluster does not have, or another number of pods, stays a difference.
    const isChoice =
      [...ours, ...theirs].every(({ node }) => zones.has(node)) && ours.length === theirs.length;
    if (!isChoice) return [];
    return ours.flatMap(({ node }, index) => {
      const other = theirs[index]?.node ?? "";
      const path = `endpoints / pod ${index + 1}`;
      const [here, there] = [zones.get(node) ?? null, zones.get(other) ?? null];
      return [
        ...(node === other ? [] : [{ path: `${path} / node`, left: node, right: other }]),
        ...(here === there ? [] : [{ path: `${path} / zone`, left: here, right: there }]),
      ];
    });
  },
};

function readyPods({ endpoints }: Exposure): EndpointFacts[] {
  return inNodeOrder(factsIn(endpoints) ?? []).filter(({ ready }) => ready);
}
