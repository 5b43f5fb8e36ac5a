/** What scenarios do to a cluster, through the Kubernetes API. */
import { AppsV1Api, CoreV1Api, PatchStrategy, setHeaderOptions, V1Eviction } from "@kubernetes/client-node";
import type { KubeConfig, V1Pod, V1Service } from "@kubernetes/client-node";
import { getRaw } from "../../sources/kubernetes/raw.ts";
import { eventually } from "../eventually.ts";
import type { Target } from "./testbed.ts";

export interface Pod {
  readonly name: string;
  readonly node: string;
  readonly address: string;
  readonly ready: boolean;
  readonly terminating: boolean;
  /** How often its containers have been started again. */
  readonly restarts: number;
  /** For so long it goes on serving once it has been asked to end: its `preStop` sleep. */
  readonly preStopSeconds: number;
}

export interface ClusterNode {
  readonly name: string;
  readonly address: string;
  readonly zone: string;
  readonly ready: boolean;
  readonly instanceId: string;
}

export interface Taint {
  readonly key: string;
  readonly effect: string;
  readonly value?: string;
}

const merge = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

export class Cluster {
  readonly #core: CoreV1Api;
  readonly #apps: AppsV1Api;

  constructor(private readonly config: KubeConfig) {
    this.#core = config.makeApiClient(CoreV1Api);
    this.#apps = config.makeApiClient(AppsV1Api);
  }

  /** The pods that the Service selects, in the order of their names. */
  async pods({ namespace, service }: Target): Promise<Pod[]> {
    const { spec } = await this.#core.readNamespacedService({ namespace, name: service });
    const labelSelector = Object.entries(spec?.selector ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(",");
    const { items } = await this.#core.listNamespacedPod({ namespace, labelSelector });
    return items.map(podOf).sort((a, b) => a.name.localeCompare(b.name));
  }

  /** The same pods' names, each with its node's. */
  async nodeOfPod(target: Target): Promise<Map<string, string>> {
    return new Map((await this.pods(target)).map(({ name, node }) => [name, node]));
  }

  async nodes(): Promise<ClusterNode[]> {
    const { items } = await this.#core.listNode();
    return items.map(({ metadata, spec, status }) => ({
      name: metadata?.name ?? "",
      address: status?.addresses?.find(({ type }) => type === "InternalIP")?.address ?? "",
      zone: metadata?.labels?.["topology.kubernetes.io/zone"] ?? "",
      ready: isTrue(status?.conditions, "Ready"),
      instanceId: spec?.providerID?.split("/").at(-1) ?? "",
    }));
  }

  service({ namespace, service }: Target): Promise<V1Service> {
    return this.#core.readNamespacedService({ namespace, name: service });
  }

  /** UIDs of all Services in all namespaces. */
  async serviceUids(): Promise<string[]> {
    const { items } = await this.#core.listServiceForAllNamespaces();
    return items.flatMap(({ metadata }) => metadata?.uid ?? []);
  }

  /** As `kubectl patch service --type merge`. */
  async patchService({ namespace, service }: Target, patch: object): Promise<V1Service> {
    return this.#core.patchNamespacedService({ namespace, name: service, body: patch }, merge);
  }

  /** @param graceSeconds 0 kills at once; the pod's own if undefined */
  async deletePod(namespace: string, name: string, graceSeconds?: number): Promise<void> {
    const grace = graceSeconds === undefined ? {} : { gracePeriodSeconds: graceSeconds };
    await this.#core.deleteNamespacedPod({ namespace, name, ...grace });
  }

  /**
   * As `kubectl drain` does to each pod: refused while its PodDisruptionBudget has no room.
   * https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
   */
  async evict(namespace: string, name: string): Promise<void> {
    const body = Object.assign(new V1Eviction(), { metadata: { namespace, name } });
    await this.#core.createNamespacedPodEviction({ namespace, name, body });
  }

  /** As `kubectl patch node --type merge`. */
  async patchNode(name: string, patch: object): Promise<void> {
    await this.#core.patchNode({ name, body: patch }, merge);
  }

  /** As `kubectl taint nodes` does, which takes a node's taints as they are and says no if somebody else changed them meanwhile. */
  async changeTaints(name: string, change: (taints: readonly Taint[]) => Taint[]): Promise<void> {
    const { metadata, spec } = await this.#core.readNode({ name });
    const taints = change(spec?.taints ?? []);
    await this.patchNode(name, {
      metadata: { resourceVersion: metadata?.resourceVersion },
      spec: { taints },
    });
  }

  /** As `kubectl scale` does. */
  async scale({ namespace, deployment }: Target, replicas: number): Promise<void> {
    await this.#apps.patchNamespacedDeploymentScale(
      { namespace, name: deployment, body: { spec: { replicas } } },
      merge,
    );
  }

  /** As `kubectl rollout restart` does: the same pods anew, a few at a time. */
  async restart({ namespace, deployment }: Target): Promise<void> {
    const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString() };
    await this.#apps.patchNamespacedDeployment(
      { namespace, name: deployment, body: { spec: { template: { metadata: { annotations } } } } },
      merge,
    );
  }

  /** Resolves when every replica is of the newest revision and available, as `kubectl rollout status` does. */
  async rolledOut(
    { namespace, deployment }: Target,
    timeoutSeconds: number,
    signal: AbortSignal,
  ): Promise<void> {
    await eventually(
      `Deployment ${namespace}/${deployment} rolled out`,
      async () => {
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
      },
      timeoutSeconds,
      signal,
    );
  }

  /** Resolves when no pod is ending any more: those of former revisions are gone. */
  async noneTerminating(target: Target, timeoutSeconds: number, signal: AbortSignal): Promise<void> {
    await eventually(
      `no pod of ${target.namespace}/${target.service} is ending`,
      async () => (await this.pods(target)).every(({ terminating }) => !terminating),
      timeoutSeconds,
      signal,
    );
  }

  /** Asks a pod's web server through the API server, as `kubectl get --raw` does. @param path with its query */
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

/** @throws if none is ready */
export function anyReady(pods: readonly Pod[]): Pod {
  const pod = pods.find(({ ready, terminating }) => ready && !terminating);
  if (pod === undefined) throw new Error("no pod is ready: there is nothing to kill");
  return pod;
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
