/** What scenarios do to a cluster. */
import type { V1Service } from "@kubernetes/client-node";
import type { Target } from "./testbed.ts";

export interface Pod {
  readonly name: string;
  readonly node: string;
  readonly address: string;
  readonly ready: boolean;
  readonly terminating: boolean;
  /** How often its containers have been started again. */
  readonly restarts: number;
  /** How long it goes on serving once it is asked to end: its `preStop` sleep. */
  readonly preStopSeconds: number;
}

export interface ClusterNode {
  readonly name: string;
  readonly address: string;
  readonly zone: string;
  readonly ready: boolean;
  /** The cloud's name of its machine: the last part of its provider id. */
  readonly machine: string;
}

export interface Taint {
  readonly key: string;
  readonly effect: string;
  readonly value?: string;
}

export interface Cluster {
  /** The pods that the Service selects, in the order of their names. */
  pods(target: Target): Promise<Pod[]>;
  nodes(): Promise<ClusterNode[]>;
  service(target: Target): Promise<V1Service>;
  /** UIDs of all Services in all namespaces. */
  serviceUids(): Promise<string[]>;
  /** As `kubectl patch service --type merge`. */
  patchService(target: Target, patch: object): Promise<V1Service>;
  /** As `kubectl label namespace`. A label of null is removed. */
  labelNamespace(namespace: string, labels: Readonly<Record<string, string | null>>): Promise<void>;
  /** @param graceSeconds 0 kills at once; the pod's own grace period if undefined */
  deletePod(namespace: string, name: string, graceSeconds?: number): Promise<void>;
  /**
   * As `kubectl drain` does to each pod: refused while its PodDisruptionBudget leaves no room.
   * https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
   */
  evict(namespace: string, name: string): Promise<void>;
  /** As `kubectl patch node --type merge`. */
  patchNode(name: string, patch: object): Promise<void>;
  /** As `kubectl taint nodes`: refused if somebody else changed the node meanwhile. */
  changeTaints(name: string, change: (taints: readonly Taint[]) => Taint[]): Promise<void>;
  /** As `kubectl scale`. */
  scale(target: Target, replicas: number): Promise<void>;
  /** As `kubectl rollout restart`: the same pods anew, a few at a time. */
  restart(target: Target): Promise<void>;
  /** Whether every replica is of the newest revision and available, as `kubectl rollout status` says. */
  isRolledOut(target: Target): Promise<boolean>;
  /** Asks a pod's web server through the API server, as `kubectl get --raw`. @param path with its query */
  askPod(namespace: string, pod: string, port: number, path: string, timeoutSeconds: number): Promise<string>;
}
