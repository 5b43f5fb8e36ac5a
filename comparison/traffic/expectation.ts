/** What to expect of the traffic to a Service, read from the Kubernetes API. */
import { CoreV1Api } from "@kubernetes/client-node";
import type { KubeConfig, V1Node, V1Pod } from "@kubernetes/client-node";
import type { Expectation } from "./summary.ts";

/**
 * @param clientAddress the address that requests will come from
 * @throws if there is no such Service, or none of its pods is ready
 */
export async function readExpectation(
  config: KubeConfig,
  namespace: string,
  name: string,
  clientAddress: string,
): Promise<Expectation> {
  const api = config.makeApiClient(CoreV1Api);
  const { spec } = await api.readNamespacedService({ namespace, name });
  const labelSelector = Object.entries(spec?.selector ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  const [pods, nodes] = await Promise.all([
    api.listNamespacedPod({ namespace, labelSelector }),
    api.listNode(),
  ]);
  const ready = pods.items.filter(takesTraffic);
  if (ready.length === 0) throw new Error(`no pod of Service ${namespace}/${name} is ready`);
  return {
    nodeOfPod: new Map(ready.map((pod) => [pod.metadata?.name ?? "", pod.spec?.nodeName ?? ""])),
    externalTrafficPolicy: spec?.externalTrafficPolicy ?? "Cluster",
    clientAddress,
    nodeAddresses: nodes.items.flatMap(internalAddresses),
  };
}

function takesTraffic({ metadata, status }: V1Pod): boolean {
  const isReady =
    status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false;
  return isReady && metadata?.deletionTimestamp === undefined;
}

function internalAddresses({ status }: V1Node): string[] {
  return (status?.addresses ?? []).filter(({ type }) => type === "InternalIP").map(({ address }) => address);
}
