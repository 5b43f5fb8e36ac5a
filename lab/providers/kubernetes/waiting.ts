/** Waiting until an object does what it is for, or is gone, as the official plug-in does. */
import { setTimeout as sleep } from "node:timers/promises";
import { isArray, isObject, textOf, type Properties, type Value } from "../values.ts";
import type { Api, ObjectName } from "./api.ts";
import { annotation, annotationOf, objectAt } from "./inputs.ts";
import type { Kind } from "./kinds.ts";
import * as readiness from "./readiness.ts";
import type { Readiness } from "./readiness.ts";

export interface Wait {
  readonly api: Api;
  readonly kind: Kind;
  readonly name: ObjectName;
  /** From customTimeouts; 0 if not given. */
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
  /** Shows progress while waiting. */
  readonly report: (message: string) => void;
}

/** Ten minutes, as in the official plug-in. */
const defaultTimeoutSeconds = 600;
const firstPauseMs = 100;
const longestPauseMs = 1000;
/**
 * Pods that keep failing this long have nothing to wait for: the image is not there, it crashes, or admission refuses it. The official
 * plug-in waits until the time is over.
 */
const stuckSeconds = 30;

const podsOfWorkload = new Set(["DaemonSet", "Deployment", "Job", "ReplicaSet", "StatefulSet"]);

const decisions: Readonly<Record<string, (object: Properties) => Readiness>> = {
  "apiextensions.k8s.io/v1/CustomResourceDefinition": readiness.customResourceDefinition,
  "apps/v1/DaemonSet": readiness.daemonSet,
  "apps/v1/Deployment": readiness.deployment,
  "apps/v1/StatefulSet": readiness.statefulSet,
  "batch/v1/Job": readiness.job,
  "v1/PersistentVolumeClaim": readiness.persistentVolumeClaim,
  "v1/Pod": readiness.pod,
};

const eventKind: Kind = { apiVersion: "v1", kind: "Event" };
const podKind: Kind = { apiVersion: "v1", kind: "Pod" };
const endpointSliceKind: Kind = { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice" };

/** The newest warnings about an object: what `kubectl describe` shows last. */
async function warnings(
  api: Api,
  namespace: string | undefined,
  involved: string,
  name: string,
): Promise<string[]> {
  const fieldSelector = `involvedObject.kind=${involved},involvedObject.name=${name},type=Warning`;
  const events = await api.list(eventKind, namespace, { fieldSelector });
  const when = (event: Properties) => textOf(event.lastTimestamp ?? event.eventTime);
  const newest = events.sort((a, b) => when(b).localeCompare(when(a)));
  return [...new Set(newest.map(({ reason, message }) => `${reason as string}: ${message as string}`))].slice(
    0,
    3,
  );
}

function labelSelector(object: Properties): string | undefined {
  const labels = Object.entries(objectAt(object, "spec", "selector", "matchLabels"));
  return labels.length > 0 ? labels.map(([key, value]) => `${key}=${value as string}`).join(",") : undefined;
}

/** What keeps the pods of a workload, or a pod itself, from running, with the kubelet's own words. */
async function podTrouble({ api, kind, name }: Wait, object: Properties) {
  const selector = podsOfWorkload.has(kind.kind) ? labelSelector(object) : undefined;
  const isPod = kind.kind === "Pod";
  if (!isPod && selector === undefined) return { reasons: [], hopeless: false, stuck: false };
  const pods = isPod ? [object] : await api.list(podKind, name.namespace, { labelSelector: selector ?? "" });
  const troubles = pods.flatMap(readiness.podTroubles);
  const first = troubles[0];
  const events = first ? await warnings(api, name.namespace, "Pod", first.pod) : [];
  return {
    reasons: [
      ...troubles.map(({ pod, message }) => `pod ${pod}: ${message}`),
      ...events.map((event) => `pod ${first?.pod ?? ""}: event ${event}`),
    ],
    hopeless: troubles.some(({ kind: trouble }) => trouble === "hopeless"),
    stuck: troubles.some(({ kind: trouble }) => trouble === "stuck"),
  };
}

/** @returns whether the object is ready now; kinds without a notion of it are. */
export async function check(wait: Wait, object: Properties): Promise<Readiness> {
  if (annotationOf(object, annotation.skipAwait) === "true") return { ready: true };
  const { api, kind, name } = wait;
  if (kind.apiVersion === "v1" && kind.kind === "Service") {
    const labels = { labelSelector: `kubernetes.io/service-name=${name.name}` };
    const slices = readiness.selectsPods(object)
      ? await api.list(endpointSliceKind, name.namespace, labels)
      : [];
    const state = readiness.service(object, slices);
    if (state.ready) return state;
    const events = await warnings(api, name.namespace, "Service", name.name);
    return { ...state, reasons: [...state.reasons, ...events.map((event) => `event ${event}`)] };
  }
  const state = decisions[`${kind.apiVersion}/${kind.kind}`]?.(object) ?? { ready: true };
  if (state.ready) return state;
  const { reasons, hopeless, stuck } = await podTrouble(wait, object);
  return {
    ...state,
    reasons: [...state.reasons, ...reasons],
    hopeless: state.hopeless === true || hopeless,
    stuck: state.stuck === true || stuck,
  };
}

/** The last state seen of an object that did not get ready. */
export class NotReadyError extends Error {
  constructor(
    message: string,
    readonly object: Properties,
    readonly reasons: readonly string[],
  ) {
    super(message);
  }
}

const timeoutOf = ({ timeoutSeconds }: Wait, object: Properties): number =>
  Number(annotationOf(object, annotation.timeoutSeconds) ?? 0) || timeoutSeconds || defaultTimeoutSeconds;

async function pause(milliseconds: number, { signal }: Wait): Promise<void> {
  // An interruption is noticed by the loop, which knows the state to report.
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** @throws NotReadyError when the time is over, on interruption, and when it is clear that waiting does not help. */
export async function untilReady(wait: Wait, applied: Properties): Promise<Properties> {
  const started = performance.now();
  const limit = timeoutOf(wait, applied);
  let object = applied;
  let stuckSince: number | undefined;
  let reported = "";
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.3, longestPauseMs)) {
    const state = await check(wait, object);
    if (state.ready) return object;
    const fail = (what: string) => new NotReadyError(what, object, state.reasons);
    stuckSince = state.stuck ? (stuckSince ?? performance.now()) : undefined;
    if (state.hopeless || (stuckSince !== undefined && performance.now() - stuckSince > stuckSeconds * 1000))
      throw fail("it failed to become ready");
    if (wait.signal.aborted) throw fail("interrupted while it was not ready");
    if (performance.now() - started > limit * 1000) throw fail(`timed out after ${String(limit)} s`);
    const message = [state.progress, ...state.reasons.slice(1, 2)].join(": ");
    if (message !== reported) wait.report(message);
    reported = message;
    await pause(pauseMs, wait);
    const live = await wait.api.get(wait.kind, wait.name);
    if (!live) throw new Error(`${wait.kind.kind} ${wait.name.name} was deleted while it was waited for`);
    object = live;
  }
}

/** What still holds a deleted object: finalizers, and a namespace's contents. */
function holders(object: Properties): string[] {
  const { finalizers } = objectAt(object, "metadata");
  const { conditions } = objectAt(object, "status");
  const remaining = (isArray(conditions) ? conditions.filter(isObject) : []).filter(
    ({ status, type }) => status === "True" && textOf(type).startsWith("Namespace"),
  );
  return [
    ...(isArray(finalizers) && finalizers.length > 0
      ? [`finalizers: ${finalizers.map(textOf).join(", ")}`]
      : []),
    ...remaining.map(({ message }) => textOf(message)),
  ];
}

/** Waits until the object, or another of its name, is no longer the one that was deleted. */
export async function untilGone(wait: Wait): Promise<void> {
  const started = performance.now();
  const limit = wait.timeoutSeconds || defaultTimeoutSeconds;
  let uid: Value | undefined;
  let reported = "";
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.3, longestPauseMs)) {
    const object = await wait.api.get(wait.kind, wait.name);
    if (!object) return;
    const metadata = objectAt(object, "metadata");
    uid ??= metadata.uid;
    if (metadata.uid !== uid) return;
    const held = holders(object);
    const fail = (what: string) =>
      new NotReadyError(what, object, held.length > 0 ? held : ["it still exists"]);
    if (wait.signal.aborted) throw fail("interrupted while it was being deleted");
    if (performance.now() - started > limit * 1000)
      throw fail(`still there ${String(limit)} s after its deletion`);
    const message = ["waiting for it to be gone", ...held].join("; ");
    if (message !== reported) wait.report(message);
    reported = message;
    await pause(pauseMs, wait);
  }
}
