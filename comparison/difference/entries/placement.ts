/** Where the scheduler put the pods. */
import type { EndpointFacts } from "../../facts/exposure.ts";
import { factsIn } from "../../facts/sources.ts";
import type { Entry } from "../catalogue.ts";
import { inNodeOrder } from "../roles.ts";

export const placement: Entry = {
  id: "placement-of-pods",
  why: "With fewer pods than nodes the scheduler chooses the nodes, for each Deployment on its own.",
  affects: "nobody under externalTrafficPolicy Cluster, where every node forwards to every pod",
  remedy: "run as many pods as there are nodes",
  source: "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
  expects({ left, right }) {
    const [ours, theirs] = [factsIn(left.endpoints), factsIn(right.endpoints)];
    // Another spread, such as two pods on one node, is a difference of its own.
    if (ours === undefined || theirs === undefined || spreadOf(ours) !== spreadOf(theirs)) return [];
    const [a, b] = [inNodeOrder(ours), inNodeOrder(theirs)];
    return a.flatMap((pod, index) =>
      (["node", "zone"] as const).flatMap((field) => {
        const [here, there] = [pod[field] ?? null, b[index]?.[field] ?? null];
        return here === there
          ? []
          : [{ path: `endpoints / pod ${index + 1} / ${field}`, left: here, right: there }];
      }),
    );
  },
};

/** How many pods there are on each node, largest number first. */
function spreadOf(endpoints: readonly EndpointFacts[]): string {
  const counts = new Map<string, number>();
  for (const { node } of endpoints) counts.set(node, (counts.get(node) ?? 0) + 1);
  return [...counts.values()].sort((a, b) => b - a).join(" ");
}
