/** What requests to a Service should meet, from the facts. */
import type { ClusterFacts } from "../model/cluster.ts";
import type { Exposure } from "../model/exposure.ts";
import { known } from "../model/sourceResult.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import type { Expectation } from "./summary.ts";

/** @param clientAddress the address that requests will come from */
export function expectationOf(
  { service, endpoints }: Exposure,
  cluster: SourceResult<ClusterFacts>,
  clientAddress: string,
): SourceResult<Expectation> {
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
