/** What a destroy waits for in the cluster, in sentences, and how to finish it by hand. */
import { loadKubeconfig } from "../comparison/sources/kubernetes/kubeconfig.ts";
import { kubernetesReader } from "../comparison/sources/kubernetes/reader.ts";
import { unfinished } from "../comparison/sources/kubernetes/unfinished.ts";

/** Which load balancer a Service has, only its cloud knows. */
const finish =
  "npm run leftovers names the Service's load balancer and the commands that remove it, in their order; without its controller, run them before you remove the finalizer";

/** @throws if the cluster does not answer */
export async function unfinishedDeletions(kubeconfig: string, signal: AbortSignal): Promise<string[]> {
  const kubernetes = kubernetesReader(() => loadKubeconfig(kubeconfig));
  const [services, namespaces] = await Promise.all([
    kubernetes.services(signal),
    kubernetes.namespaces(signal),
  ]);
  const found = unfinished(services, namespaces);
  const byHand = found.some(({ kind }) => kind === "Service") ? [finish] : [];
  return [
    ...found.map(({ kind, name, reason, commands }) =>
      [`${kind} ${name}: ${reason}`, ...commands].join(": "),
    ),
    ...byHand,
  ];
}
