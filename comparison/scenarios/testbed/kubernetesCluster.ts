/** A cluster through the Kubernetes API. */
import { AppsV1Api, CoreV1Api, PatchStrategy, setHeaderOptions, V1Eviction } from "@kubernetes/client-node";
import type { KubeConfig, V1Pod, V1Service } from "@kubernetes/client-node";
import { shared } from "../../shared.ts";
import { getRaw } from "../../sources/kubernetes/raw.ts";
import type { Cluster, ClusterNode, Pod, Taint } from "./cluster.ts";
import type { Target } from "./testbed.ts";

const merge = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

export class KubernetesCluster implements Cluster {
  readonly #core: CoreV1Api;
  readonly #apps: AppsV1Api;

  readonly nodes = shared(async (): Promise<ClusterNode[]> => {
    const { items } = await this.#core.listNode();
    return items.map(({ metadata, spec, status }) => ({
      name: metadata?.name ?? "",
      address: status?.addresses?.find(({ type }) => type === "InternalIP")?.address ?? "",
      zone: metadata?.labels?.["topology.kubernetes.io/zone"] ?? "",
      ready: isTrue(status?.conditions, "Ready"),
      machine: spec?.providerID?.split("/").at(-1) ?? "",
    }));
  });

  private readonly config: KubeConfig;

  constructor(config: KubeConfig) {
    this.config = config;

    this.#core = config.makeApiClient(CoreV1Api);
    this.#apps = config.makeApiClient(AppsV1Api);
  }

  async pods({ namespace, service }: Target): Promise<Pod[]> {
    const { spec } = await this.#core.readNamespacedService({ namespace, name: service });
    const labelSelector = Object.entries(spec?.selector ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(",");
    const { items } = await this.#core.listNamespacedPod({ namespace, labelSelector });
    return items.map(podOf).sort((a, b) => a.name.localeCompare(b.name));
  }

  service({ namespace, service }: Target): Promise<V1Service> {
    return this.#core.readNamespacedService({ namespace, name: service });
  }

  async serviceUids(): Promise<string[]> {
    const { items } = await this.#core.listServiceForAllNamespaces();
    return items.flatMap(({ metadata }) => metadata?.uid ?? []);
  }

  async patchService({ namespace, service }: Target, patch: object): Promise<V1Service> {
    return this.#core.patchNamespacedService({ namespace, name: service, body: patch }, merge);
  }

  async labelNamespace(name: string, labels: Readonly<Record<string, string | null>>): Promise<void> {
    await this.#core.patchNamespace({ name, body: { metadata: { labels } } }, merge);
  }

  async deletePod(namespace: string, name: string, graceSeconds?: number): Promise<void> {
    const grace = graceSeconds === undefined ? {} : { gracePeriodSeconds: graceSeconds };
    await this.#core.deleteNamespacedPod({ namespace, name, ...grace });
  }

  async evict(namespace: string, name: string): Promise<void> {
    const body = Object.assign(new V1Eviction(), { metadata: { namespace, name } });
    await this.#core.createNamespacedPodEviction({ namespace, name, body });
  }

  async patchNode(name: string, patch: object): Promise<void> {
    await this.#core.patchNode({ name, body: patch }, merge);
  }

  async changeTaints(name: string, change: (taints: readonly Taint[]) => Taint[]): Promise<void> {
    const { metadata, spec } = await this.#core.readNode({ name });
    const taints = change(spec?.taints ?? []);
    await this.patchNode(name, {
      metadata: { resourceVersion: metadata?.resourceVersion },
      spec: { taints },
    });
  }

  async scale({ namespace, deployment }: Target, replicas: number): Promise<void> {
    await this.#apps.patchNamespacedDeploymentScale(
      { namespace, name: deployment, body: { spec: { replicas } } },
      merge,
    );
  }

  async restart({ namespace, deployment }: Target): Promise<void> {
    const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString() };
    await this.#apps.patchNamespacedDeployment(
      { namespace, name: deployment, body: { spec: { template: { metadata: { annotations } } } } },
      merge,
    );
  }

  async isRolledOut({ namespace, deployment }: Target): Promise<boolean> {
    const { metadata, spec, status } = await this.#apps.readNamespacedDeployment({
      namespace,
      name: deployment,
    });
    const replicas = spec?.replicas ?? 1;
    return (
      (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0) &&
      (status?.updatedReplicas ?? 0) === replicas &&
      (status?.replicas ?? 0) === replicas &&
      (status?.availableReplicas ?? 0) === replicas
    );
  }

  askPod(
    namespace: string,
    pod: string,
    port: number,
    path: string,
    timeoutSeconds: number,
  ): Promise<string> {
    return getRaw(
      this.config,
      `/api/v1/namespaces/${namespace}/pods/${pod}:${port}/proxy${path}`,
      timeoutSeconds,
    );
  }
}

function podOf({ metadata, spec, status }: V1Pod): Pod {
  return {
    name: metadata?.name ?? "",
    node: spec?.nodeName ?? "",
    address: status?.podIP ?? "",
    ready: isTrue(status?.conditions, "Ready"),
    terminating: metadata?.deletionTimestamp !== undefined,
    restarts: (status?.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0),
    preStopSeconds: Math.max(
      0,
      ...(spec?.containers ?? []).map(({ lifecycle }) => lifecycle?.preStop?.sleep?.seconds ?? 0),
    ),
  };
}

function isTrue(
  conditions: readonly { readonly type: string; readonly status: string }[] | undefined,
  type: string,
): boolean {
  return conditions?.some((condition) => condition.type === type && condition.status === "True") ?? false;
}
