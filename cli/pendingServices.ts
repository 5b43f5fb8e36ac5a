/** Services of the lab's cluster that wait for a load balancer, and why. */
import { CoreV1Api } from "@kubernetes/client-node";
import { known } from "../comparison/model/sourceResult.ts";
import { clusterSources } from "../comparison/sources/askedSource.ts";
import { asking } from "../comparison/sources/asking.ts";
import { connectToCloud } from "../comparison/sources/cloudOfCluster.ts";
import { isPending } from "../comparison/sources/eligibility.ts";
import { nodeFacts, serviceFacts } from "../comparison/sources/kubernetes/facts.ts";
import { loadKubeconfig } from "../comparison/sources/kubernetes/kubeconfig.ts";
import { kubernetesReader } from "../comparison/sources/kubernetes/reader.ts";
import { whyNotComparable } from "../comparison/sources/pending.ts";
import { cloudEnvironment } from "../lab/clouds/environment.ts";
import type { LabSettings } from "../lab/settings.ts";

/** One sentence for each: what is known of the controller, then its last warning. */
export async function pendingServices(settings: LabSettings): Promise<string[]> {
  const config = loadKubeconfig(settings.kubeconfig);
  const kubernetes = kubernetesReader(() => config);
  const [{ items }, cloud] = await Promise.all([
    config.makeApiClient(CoreV1Api).listServiceForAllNamespaces(),
    connectToCloud(kubernetes, cloudEnvironment(settings)),
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
  const reading = cloud.read(facts, ask);
  const services = waiting.map((service) => ({
    ref: { namespace: service.namespace, name: service.identity.name },
    result: known(service),
  }));
  return whyNotComparable(services, {
    sources: { kubernetes, cloud },
    ask,
    nodes,
    cluster: () => reading.cluster(),
  });
}
