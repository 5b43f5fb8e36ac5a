/** What to expect of the traffic to a Service, from the facts. */
import type { ClusterFacts } from "../model/exposure.ts";
import type { Exposure, Said } from "../model/sources.ts";
import { known } from "../model/sources.ts";
import type { Expectation } from "./summary.ts";

/** @param clientAddress the address that requests will come from */
export function expectationOf(
  { service, endpoints }: Exposure,
  cluster: Said<ClusterFacts>,
  clientAddress: string,
): Said<Expectation> {
  if (service.kind !== "known") return service;
  if (endpoints.kind !== "known") return endpoints;
  if (cluster.kind !== "known") return cluster;
  const ready = endpoints.facts.filter((endpoint) => endpoint.ready);
  return known({
    nodeOfPod: new Map(ready.map(({ pod, node }) => [pod.name, node])),
    externalTrafficPolicy: service.facts.externalTrafficPolicy,
    clientAddress,
    nodeAddresses: cluster.facts.nodes.map(({ address }) => address),
  });
}
