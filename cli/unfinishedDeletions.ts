/** What a destroy waits for in the cluster, in sentences. */
import { loadKubeconfig } from "../comparison/sources/kubernetes/kubeconfig.ts";
import { kubernetesReader } from "../comparison/sources/kubernetes/reader.ts";
import { unfinished } from "../comparison/sources/kubernetes/unfinished.ts";

/** @throws if the cluster does not answer */
export async function unfinishedDeletions(kubeconfig: string, signal: AbortSignal): Promise<string[]> {
  const kubernetes = kubernetesReader(() => loadKubeconfig(kubeconfig));
  const [services, namespaces] = await Promise.all([
    kubernetes.services(signal),
    kubernetes.namespaces(signal),
  ]);
  return unfinished(services, namespaces).map(({ kind, name, reason, commands }) =>
    [`${kind} ${name}: ${reason}`, ...commands].join(": "),
  );
}
