/** All Services of a cluster that wait for a load balancer, and why. */
import { CoreV1Api } from "@kubernetes/client-node";
import type { KubeConfig } from "@kubernetes/client-node";
import { known } from "../model/sourceResult.ts";
import { clusterSources } from "./askedSource.ts";
import { asking } from "./asking.ts";
import { withVersion } from "./clusterVersion.ts";
import { connectToCloud } from "./cloudOfCluster.ts";
import { isPending } from "./eligibility.ts";
import { nodeFacts, serviceFacts } from "./kubernetes/facts.ts";
import { kubernetesReader } from "./kubernetes/reader.ts";
import { whyNotComparable } from "./pending.ts";

/**
 * One sentence for each: what is known of the controller, then its last warning.
 * @param environment variables for the cloud's SDK. @default the SDK's own settings
 */
export async function pendingServices(
  config: KubeConfig,
  environment?: Readonly<Record<string, string>>,
): Promise<string[]> {
  const kubernetes = kubernetesReader(() => config);
  const [{ items }, cloud] = await Promise.all([
    config.makeApiClient(CoreV1Api).listServiceForAllNamespaces(),
    connectToCloud(kubernetes, environment),
  ]);
  const waiting = items
    .filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
    .map((service) => serviceFacts(service, cloud.cloud.controllers))
    .filter(isPending);
  if (waiting.length === 0) return [];
  const ask = asking(
    { ...clusterSources, ...cloud.sources },
    { timeoutSeconds: {}, ended: new AbortController().signal },
  );
  const nodes = ask("Kubernetes API", (signal) => kubernetes.nodes(signal));
  const facts = nodes.then((result) => (result.kind === "known" ? known(nodeFacts(result.facts)) : result));
  const version = ask("Kubernetes API", (signal) => kubernetes.version(signal));
  const reading = withVersion(cloud.read(facts, ask), version);
  const services = waiting.map((service) => ({
    ref: { namespace: service.namespace, name: service.identity.name },
    result: known(service),
  }));
  return whyNotComparable(services, {
    sources: { kubernetes, cloud },
    ask,
    nodes,
    version,
    reading,
  });
}
