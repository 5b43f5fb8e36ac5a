/** Terminating pods. */
import type { EndpointFacts } from "../../model/service.ts";
import { factsIn } from "../../model/sourceResult.ts";
import type { Entry, Expected } from "../entry.ts";
import { compareText, inNodeOrder } from "../roles.ts";
import type { Roles } from "../roles.ts";
import { zonesByNode } from "./placement.ts";

export const endingPods: Entry = {
  id: "pods-still-ending",
  why: "A terminating pod stays in the Service's endpoints until it has ended. It takes no new traffic while others are ready. The pods of the two Deployments end independently.",
  affects: "nobody",
  remedy: "compare again in half a minute",
  source: "https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#conditions",
  expects({ facts, left, right, roles }) {
    const zones = zonesByNode(facts);
    const [ours, theirs] = [
      inNodeOrder(factsIn(left.endpoints) ?? []),
      inNodeOrder(factsIn(right.endpoints) ?? []),
    ];
    const [ready, theirReady] = [readyIn(ours), readyIn(theirs)];
    const [a, b] = [ours.slice(ready), theirs.slice(ready)];
    if (ready !== theirReady || ![...a, ...b].every((pod) => pod.terminating && zones.has(pod.node)))
      return [];
    const longer = a.length > b.length ? a : b;
    return longer.flatMap((_pod, index) =>
      rowsOf(
        `endpoints / pod ${ready + index + 1}`,
        valuesOf(a[index], zones, roles.left),
        valuesOf(b[index], zones, roles.right),
      ),
    );
  },
};

function readyIn(endpoints: readonly EndpointFacts[]): number {
  return endpoints.filter((endpoint) => endpoint.ready).length;
}

type PodValues = Readonly<Record<string, string | undefined>>;

function valuesOf(
  pod: EndpointFacts | undefined,
  zones: ReadonlyMap<string, string>,
  roles: Roles,
): PodValues {
  if (pod === undefined) return {};
  const { node, serving, ports } = pod;
  const zone = zones.get(node);
  return {
    node,
    zone,
    ports: ports.map(roles.text).sort(compareText).join(", ") || "none",
    ready: "false",
    serving: String(serving),
    terminating: "true",
  };
}

function rowsOf(pod: string, left: PodValues, right: PodValues): Expected[] {
  return Object.keys({ ...left, ...right })
    .map((field) => ({ path: `${pod} / ${field}`, left: left[field] ?? null, right: right[field] ?? null }))
    .filter((row) => row.left !== row.right);
}
