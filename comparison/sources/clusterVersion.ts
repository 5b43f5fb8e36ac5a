/** The version of Kubernetes as a fact of the cluster: the cloud's APIs give the others. */
import type { CloudReading } from "../clouds/reader.ts";
import type { Facts } from "../model/exposure.ts";
import { factsIn, known } from "../model/sourceResult.ts";
import type { SourceResult } from "../model/sourceResult.ts";

/** @param version the API server's. If it did not answer, the cluster is known without it. */
export function withVersion(reading: CloudReading, version: Promise<SourceResult<string>>): CloudReading {
  return {
    ...reading,
    cluster: async (): Promise<Facts["cluster"]> => {
      const [cluster, answer] = await Promise.all([reading.cluster(), version]);
      const kubernetesVersion = factsIn(answer);
      return cluster.kind === "known" && kubernetesVersion !== undefined
        ? known({ ...cluster.facts, kubernetesVersion })
        : cluster;
    },
  };
}
