/** Waits until an object is ready, or gone, as the official plug-in does. */
import { TimeoutError, until } from "../../until.ts";
import { isArray, isObject, textOf, type Properties, type Value } from "../values.ts";
import type { Api, ObjectName } from "./api.ts";
import { annotation, annotationOf, objectAt } from "./inputs.ts";
import type { Kind } from "./kinds.ts";
import { deployment, podTroubles, selectsPods, service } from "./readiness.ts";
import type { NotReady, PodTrouble, Readiness, Settling } from "./readiness.ts";
import { hasWhatIsWaitedFor, parseWaitFor } from "./waitFor.ts";
import { daemonSet, job, pod, resourceQuota, statefulSet } from "./workloads.ts";

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
 * Waiting longer does not help pods that have failed for this long: the image is missing, it crashes, or admission refuses it. The official
 * plug-in waits until the time is up.
 */
const stuckSeconds = 30;

/** How long endpoints must not change, as in the official plug-in. */
const settledMs = 10_000;

const eventKind: Kind = { apiVersion: "v1", kind: "Event" };
const podKind: Kind = { apiVersion: "v1", kind: "Pod" };
const endpointSliceKind: Kind = { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice" };

/** The newest warnings about an object, as `kubectl describe` shows them at its end. */
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

/** The state with what keeps the pods that have these labels from running, in the kubelet's own words. */
async function withPodTrouble({ api, name }: Wait, labels: Properties, state: NotReady): Promise<NotReady> {
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${value as string}`);
  const pods =
    selector.length === 0
      ? []
      : await api.list(podKind, name.namespace, { labelSelector: selector.join(",") });
  const troubles = pods.flatMap(podTroubles);
  const [first] = troubles;
  const events = first === undefined ? [] : await warnings(api, name.namespace, "Pod", first.pod);
  return withTroubles(state, troubles, events);
}

/** @param events of the first pod in trouble */
function withTroubles(state: NotReady, troubles: readonly PodTrouble[], events: readonly string[]): NotReady {
  const [first] = troubles;
  return {
    ...state,
    reasons: [
      ...state.reasons,
      ...troubles.map(({ pod, message }) => `pod ${pod}: ${message}`),
      ...events.map((event) => `pod ${first?.pod ?? ""}: event ${event}`),
    ],
    hopeless: state.hopeless === true || troubles.some(({ kind }) => kind === "hopeless"),
    stuck: state.stuck === true || troubles.some(({ kind }) => kind === "stuck"),
  };
}

/** Of a workload, with what keeps its pods from running. */
const workload =
  (decide: (object: Properties) => Readiness) =>
  async (wait: Wait, object: Properties): Promise<Readiness> => {
    const state = decide(object);
    return state.ready
      ? state
      : withPodTrouble(wait, objectAt(object, "spec", "selector", "matchLabels"), state);
  };

/** Of a single pod. */
async function podReadiness({ api, name }: Wait, object: Properties): Promise<Readiness> {
  const state = pod(object);
  if (state.ready) return state;
  const troubles = podTroubles(object);
  const events = troubles.length === 0 ? [] : await warnings(api, name.namespace, "Pod", name.name);
  return withTroubles(state, troubles, events);
}

async function serviceReadiness(wait: Wait, object: Properties): Promise<Readiness> {
  const { api, name } = wait;
  const labels = { labelSelector: `kubernetes.io/service-name=${name.name}` };
  const slices = selectsPods(object) ? await api.list(endpointSliceKind, name.namespace, labels) : [];
  const found = service(object, slices);
  if (found.ready) return found;
  const state = found.waitsForPods
    ? await withPodTrouble(wait, objectAt(object, "spec", "selector"), found)
    : found;
  return withWarnings(wait, state);
}

/** With what its controllers say of it. */
async function withWarnings({ api, kind, name }: Wait, state: Readiness): Promise<Readiness> {
  if (state.ready) return state;
  const events = await warnings(api, name.namespace, kind.kind, name.name);
  return { ...state, reasons: [...state.reasons, ...events.map((event) => `event ${event}`)] };
}

/** The kinds that the plug-in waits for; objects of other kinds are ready as soon as they exist. */
const readinessOf: Readonly<Record<string, (wait: Wait, object: Properties) => Promise<Readiness>>> = {
  "apps/v1/DaemonSet": workload(daemonSet),
  "apps/v1/Deployment": workload(deployment),
  "apps/v1/StatefulSet": workload(statefulSet),
  "batch/v1/Job": workload(job),
  "v1/Pod": podReadiness,
  "v1/ResourceQuota": (_, object) => Promise.resolve(resourceQuota(object)),
  "v1/Service": serviceReadiness,
};

/** @returns whether the object is ready now */
export async function check(wait: Wait, object: Properties): Promise<Readiness> {
  if (annotationOf(object, annotation.skipAwait) === "true") return { ready: true };
  const waitedFor = parseWaitFor(annotationOf(object, annotation.waitFor) ?? "");
  if (waitedFor !== undefined) return withWarnings(wait, hasWhatIsWaitedFor(waitedFor, object));
  const decide = readinessOf[`${wait.kind.apiVersion}/${wait.kind.kind}`];
  return decide === undefined ? { ready: true } : decide(wait, object);
}

/** An object did not become ready; it has the state seen last. */
export class NotReadyError extends Error {
  readonly object: Properties;
  readonly reasons: readonly string[];

  constructor(message: string, object: Properties, reasons: readonly string[]) {
    super(message);
    this.object = object;
    this.reasons = reasons;
  }
}

const timeoutOf = ({ timeoutSeconds }: Wait, object: Properties): number =>
  Number(annotationOf(object, annotation.timeoutSeconds) ?? 0) || timeoutSeconds || defaultTimeoutSeconds;

/** What was seen last of an object that is awaited. */
interface Seen {
  readonly object: Properties;
  readonly reasons: readonly string[];
  /** Shown while waiting. */
  readonly progress: string;
}

/**
 * Looks until there is nothing left to wait for.
 * @returns what `look` found last, undefined if the object is gone
 * @throws {NotReadyError} when the time is up, and on interruption
 */
async function watch(
  wait: Wait,
  timeoutSeconds: number,
  { interrupted, late }: { readonly interrupted: string; readonly late: string },
  look: () => Promise<{ readonly found: Properties | undefined } | Seen>,
): Promise<Properties | undefined> {
  let seen: Seen | undefined;
  const attempt = async (): Promise<{ readonly found: Properties | undefined } | undefined> => {
    const next = await look();
    if ("found" in next) return next;
    if (next.progress !== seen?.progress) wait.report(next.progress);
    seen = next;
    return undefined;
  };
  try {
    const pauses = { pauseMs: firstPauseMs, longestPauseMs, signal: wait.signal };
    return (await until(late, attempt, timeoutSeconds * 1000, pauses)).found;
  } catch (error) {
    const isLate = error instanceof TimeoutError;
    if (seen === undefined || !(isLate || error === wait.signal.reason)) throw error;
    throw new NotReadyError(isLate ? late : interrupted, seen.object, seen.reasons);
  }
}

/** @throws {NotReadyError} when the time is up, on interruption, and when waiting clearly does not help */
export async function untilReady(wait: Wait, applied: Properties): Promise<Properties> {
  const limitSeconds = timeoutOf(wait, applied);
  let object: Properties | undefined;
  let stuckSince: number | undefined;
  let settling: (Settling & { readonly since: number }) | undefined;
  const ready = watch(
    wait,
    limitSeconds,
    { interrupted: "interrupted while it was not ready", late: `timed out after ${limitSeconds} s` },
    async () => {
      object = object === undefined ? applied : await wait.api.get(wait.kind, wait.name);
      if (!object)
        throw new Error(`${wait.kind.kind} ${wait.name.name} was deleted while the plug-in waited for it`);
      const state = await check(wait, object);
      if (state.ready) return { found: object };
      const now = performance.now();
      if (state.settles === undefined) settling = undefined;
      else if (settling?.seen !== state.settles.seen || settling === undefined)
        settling = { ...state.settles, since: now };
      if (settling?.seen !== undefined && now - settling.since > settledMs) return { found: object };
      stuckSince = state.stuck ? (stuckSince ?? now) : undefined;
      const isStuck = stuckSince !== undefined && now - stuckSince > stuckSeconds * 1000;
      if (state.hopeless || isStuck)
        throw new NotReadyError("it failed to become ready", object, state.reasons);
      const progress = [state.progress, ...state.reasons.slice(1, 2)].join(": ");
      return { object, reasons: state.reasons, progress };
    },
  );
  try {
    return (await ready) ?? applied;
  } catch (error) {
    // There was nothing left to wait for but a change.
    if (error instanceof NotReadyError && settling !== undefined) return error.object;
    throw error;
  }
}

/** What keeps a deleted object in existence: finalizers, and a namespace's contents. */
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

/** Resolves once the deleted object is gone, even if another one has taken its name. */
export async function untilGone(wait: Wait): Promise<void> {
  const limitSeconds = wait.timeoutSeconds || defaultTimeoutSeconds;
  let uid: Value | undefined;
  await watch(
    wait,
    limitSeconds,
    {
      interrupted: "interrupted while it was being deleted",
      late: `still there ${limitSeconds} s after its deletion`,
    },
    async () => {
      const object = await wait.api.get(wait.kind, wait.name);
      const found = objectAt(object ?? {}, "metadata").uid;
      uid ??= found;
      if (!object || found !== uid) return { found: undefined };
      const held = holders(object);
      const reasons = held.length > 0 ? held : ["it still exists"];
      return { object, reasons, progress: ["waiting for it to be gone", ...held].join("; ") };
    },
  );
}
