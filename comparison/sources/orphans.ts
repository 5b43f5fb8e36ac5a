/** Asks a cluster and its cloud for what exposures left behind: what no Service needs any more, and what waits for its deletion to end. */
import type { CloudReader } from "../clouds/reader.ts";
import type { OrphansFound } from "../model/orphan.ts";
import { known } from "../model/sourceResult.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import { clusterSources } from "./askedSource.ts";
import { asking } from "./asking.ts";
import { nodeFacts, serviceFacts } from "./kubernetes/facts.ts";
import type { KubernetesReader } from "./kubernetes/reader.ts";
import { unfinished } from "./kubernetes/unfinished.ts";

/** Without an answer of each source, nothing is known: a Service that was not read may need any object. */
export async function askForOrphans(
  kubernetes: Pick<KubernetesReader, "nodes" | "services" | "namespaces">,
  cloud: CloudReader,
): Promise<SourceResult<OrphansFound>> {
  const { controllers } = cloud.cloud;
  const ask = asking(
    { ...clusterSources, ...cloud.sources },
    { timeoutSeconds: {}, ended: new AbortController().signal },
  );
  const fromCluster = <T>(question: (signal: AbortSignal) => Promise<T>): Promise<SourceResult<T>> =>
    ask("Kubernetes API", question);
  const services = fromCluster((signal) => kubernetes.services(signal));
  const namespaces = fromCluster((signal) => kubernetes.namespaces(signal));
  const nodes = fromCluster((signal) => kubernetes.nodes(signal));
  const found = await cloud.orphans(
    {
      nodes: nodes.then((result) => as(result, nodeFacts)),
      services: services.then((result) =>
        as(result, (all) => all.map((service) => serviceFacts(service, controllers))),
      ),
    },
    ask,
  );
  if (found.kind !== "known") return found;
  const [ofServices, ofNamespaces] = await Promise.all([services, namespaces]);
  if (ofServices.kind !== "known") return ofServices;
  if (ofNamespaces.kind !== "known") return ofNamespaces;
  const inCluster = unfinished(ofServices.facts, ofNamespaces.facts);
  return known({ ...found.facts, orphans: [...found.facts.orphans, ...inCluster] });
}

function as<T, F>(result: SourceResult<T>, factsOf: (answer: T) => F): SourceResult<F> {
  return result.kind === "known" ? known(factsOf(result.facts)) : result;
}
