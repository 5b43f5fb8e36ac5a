/** The app's running pods. */
import { CoreV1Api } from "@kubernetes/client-node";
import { loadKubeconfig } from "../comparison/sources/kubernetes/kubeconfig.ts";

export interface AppPod {
  readonly name: string;
  readonly node: string;
  readonly address: string;
}

export async function appPods(kubeconfig: string, namespace: string): Promise<AppPod[]> {
  const { items } = await loadKubeconfig(kubeconfig)
    .makeApiClient(CoreV1Api)
    .listNamespacedPod({ namespace });
  return items.flatMap(({ metadata, spec, status }) =>
    metadata?.name === undefined || spec?.nodeName === undefined || status?.podIP === undefined
      ? []
      : [{ name: metadata.name, node: spec.nodeName, address: status.podIP }],
  );
}
