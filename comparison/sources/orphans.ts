/** Asks a cluster and its cloud for what no Service needs any more. */
import type { CloudReader } from "../clouds/reader.ts";
import type { OrphansFound } from "../model/orphan.ts";
import { known } from "../model/sourceResult.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import { clusterSources } from "./askedSource.ts";
import { asking } from "./asking.ts";
import { nodeFacts, serviceFacts } from "./kubernetes/facts.ts";
import type { KubernetesReader } from "./kubernetes/reader.ts";

/** Without an answer of each source, nothing is known: a Service that was not read may need any object. */
export async function askForOrphans(
  kubernetes: Pick<KubernetesReader, "nodes" | "services">,
  cloud: CloudReader,
): Promise<SourceResult<OrphansFound>> {
  const { controllers } = cloud.cloud;
  const ask = asking(
    { ...clusterSources, ...cloud.sources },
    { timeoutSeconds: {}, ended: new AbortController().signal },
  );
  const facts = <T, F>(
    question: (signal: AbortSignal) => Promise<T>,
    factsOf: (answer: T) => F,
  ): Promise<SourceResult<F>> =>
    ask("Kubernetes API", question).then((result) =>
      result.kind === "known" ? known(factsOf(result.facts)) : result,
    );
  return cloud.orphans(
    {
      nodes: facts((signal) => kubernetes.nodes(signal), nodeFacts),
      services: facts(
        (signal) => kubernetes.services(signal),
        (services) => services.map((service) => serviceFacts(service, controllers)),
      ),
    },
    ask,
  );
}
