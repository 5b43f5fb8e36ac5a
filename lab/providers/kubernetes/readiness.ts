/** Whether an object is ready, by kind: pure functions of objects as the API server shows them. */
import { isArray, isObject, type Properties, type Value } from "../values.ts";
import { objectAt } from "./inputs.ts";

export type Readiness =
  | { readonly ready: true }
  | {
      readonly ready: false;
      /** Shown while waiting. */
      readonly progress: string;
      /** Why it is not ready, for the error if that does not change. */
      readonly reasons: readonly string[];
      /** Waiting longer will not help. */
      readonly hopeless?: boolean;
      /** It failed, and is retried with growing delays. */
      readonly stuck?: boolean;
      /** Pods that it selects are not ready. */
      readonly waitsForPods?: boolean;
      /** It is ready all the same if what was seen does not change any more. */
      readonly settles?: Settling;
    };

export interface Settling {
  /** What must not change; undefined if nothing has been seen yet. */
  readonly seen: string | undefined;
}

export type NotReady = Extract<Readiness, { readonly ready: false }>;

export const ready: Readiness = { ready: true };
export const waiting = (progress: string, reasons: readonly string[] = [progress]): NotReady => ({
  ready: false,
  progress,
  reasons,
});

const objects = (value: Value | undefined): readonly Properties[] =>
  isArray(value) ? value.filter(isObject) : [];
export const number = (value: Value | undefined, fallback = 0): number =>
  typeof value === "number" ? value : fallback;
export const text = (value: Value | undefined): string => (typeof value === "string" ? value : "");

const conditions = (object: Properties) => objects(objectAt(object, "status").conditions);
export const condition = (object: Properties, type: string) =>
  conditions(object).find((item) => item.type === type);

/** Whether the controller has seen the newest version of the object. */
export const isObserved = (object: Properties): boolean =>
  number(objectAt(object, "status").observedGeneration) >= number(objectAt(object, "metadata").generation);

export const unobserved = (object: Properties) =>
  waiting(`waiting for the ${text(object.kind)} controller to see the change`);

/** `kubectl rollout status deployment`, whose conditions these are. */
export function deployment(object: Properties): Readiness {
  if (!isObserved(object)) return unobserved(object);
  const { replicas, updatedReplicas, availableReplicas } = objectAt(object, "status");
  const desired = number(objectAt(object, "spec").replicas, 1);
  const [updated, available] = [number(updatedReplicas), number(availableReplicas)];
  const progressing = condition(object, "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded")
    return { ...waiting("rollout failed", [text(progressing.message)]), hopeless: true };
  // Pods that cannot be created: admission refuses them, or they exceed a quota.
  const failure = condition(object, "ReplicaFailure");
  const refusal = failure?.status === "True" ? [`${text(failure.reason)}: ${text(failure.message)}`] : [];
  const progress = `${String(updated)} of ${String(desired)} pods have the new version`;
  if (updated < desired) return { ...waiting(progress, [progress, ...refusal]), stuck: refusal.length > 0 };
  if (number(replicas) > updated)
    return waiting(`${String(number(replicas) - updated)} old pods are still running`);
  if (available < updated) return waiting(`${String(available)} of ${String(desired)} pods are available`);
  return ready;
}

/** Whether the Service sends traffic to pods that it selects. It does not if its endpoints are made by hand or by DNS, or if it has no address. */
export function selectsPods(service: Properties): boolean {
  const spec = objectAt(service, "spec");
  const selects = Object.keys(objectAt(service, "spec", "selector")).length > 0;
  return selects && spec.type !== "ExternalName" && spec.clusterIP !== "None";
}

/**
 * A Service with an address is ready if all pods that it selects are. One that selects none is ready when its endpoints have settled. Source:
 * https://github.com/pulumi/pulumi-kubernetes/blob/v4.34.2/provider/pkg/await/service.go (checkAndLogStatus, processEndpointEvent).
 * @param endpointSlices those of the Service
 */
export function service(object: Properties, endpointSlices: readonly Properties[]): Readiness {
  const endpoints = endpointSlices.flatMap((slice) => objects(slice.endpoints));
  const states = endpoints.map((endpoint) => objectAt(endpoint, "conditions"));
  const isPending = states.some(({ ready, terminating }) => ready === false && terminating !== true);
  const ingress = objects(objectAt(object, "status", "loadBalancer").ingress);
  if (selectsPods(object) && isPending)
    return {
      ...waiting("finding pods to direct traffic to", ["a selected pod is not ready"]),
      waitsForPods: true,
    };
  if (objectAt(object, "spec").type === "LoadBalancer" && ingress.length === 0)
    return waiting("waiting for the load balancer's address", [
      "no load balancer was provisioned: is a cloud controller running in this cluster?",
    ]);
  if (selectsPods(object) && !states.some(({ ready }) => ready !== false)) {
    const seen = endpointSlices.length > 0 ? JSON.stringify(endpoints) : undefined;
    const reasons = ["no pod is selected: spec.selector may match none"];
    return { ...waiting("finding pods to direct traffic to", reasons), settles: { seen } };
  }
  return ready;
}

/** Reasons of a waiting container that only a change can remove. */
const hopelessWaits = new Set(["ErrImageNeverPull", "InvalidImageName", "ImageInspectError"]);
/**
 * Reasons of a failed container that the kubelet retries with growing delays. While it pulls an image again and again, ErrImagePull and ImagePullBackOff alternate.
 * Kubernetes v1.35.0: pkg/kubelet/images/types.go, pkg/kubelet/container/sync_result.go and pkg/kubelet/kuberuntime/kuberuntime_container.go
 */
const retried = new Set([
  "CrashLoopBackOff",
  "CreateContainerConfigError",
  "CreateContainerError",
  "ErrImagePull",
  "ImagePullBackOff",
  "RegistryUnavailable",
  "RunContainerError",
]);

export interface PodTrouble {
  readonly pod: string;
  readonly message: string;
  readonly kind: "hopeless" | "stuck" | "other";
}

/** What keeps a pod's containers from running. */
export function podTroubles(object: Properties): PodTrouble[] {
  const name = text(objectAt(object, "metadata").name);
  const status = objectAt(object, "status");
  const scheduled = condition(object, "PodScheduled");
  const unscheduled: PodTrouble[] =
    scheduled?.status === "False" ? [{ pod: name, message: text(scheduled.message), kind: "other" }] : [];
  const containers = [...objects(status.initContainerStatuses), ...objects(status.containerStatuses)];
  return containers.reduce((troubles, container) => {
    const { reason, message } = objectAt(container, "state", "waiting");
    const why = text(reason);
    if (why === "" || why === "ContainerCreating" || why === "PodInitializing") return troubles;
    const kind = hopelessWaits.has(why) ? "hopeless" : retried.has(why) ? "stuck" : "other";
    const detail = `container ${text(container.name)}: ${why}: ${text(message) || `image ${text(container.image)}`}`;
    return [...troubles, { pod: name, message: detail, kind } satisfies PodTrouble];
  }, unscheduled);
}
