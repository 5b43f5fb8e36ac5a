/**
 * Whether workloads other than Deployments are ready, as the official plug-in decides: pure functions.
 * https://github.com/pulumi/pulumi-kubernetes/blob/v4.34.2/provider/pkg/await/ (statefulset.go, daemonset.go, pod.go, job.go, awaiters.go)
 */
import { isDeepStrictEqual } from "node:util";
import type { Properties } from "../values.ts";
import { objectAt } from "./inputs.ts";
import { condition, isObserved, number, ready, text, unobserved, waiting } from "./readiness.ts";
import type { Readiness } from "./readiness.ts";

/** With the strategy OnDelete, pods get a new version only when somebody deletes them. */
export function statefulSet(object: Properties): Readiness {
  if (!isObserved(object)) return unobserved(object);
  const desired = number(objectAt(object, "spec").replicas, 1);
  const status = objectAt(object, "status");
  const isManual =
    objectAt(object, "spec", "updateStrategy").type === "OnDelete" &&
    number(objectAt(object, "metadata").generation) > 1;
  const counts = [status.replicas, status.readyReplicas, ...(isManual ? [] : [status.currentReplicas])];
  if (counts.some((count) => number(count) !== desired))
    return waiting(`${String(number(status.readyReplicas))} of ${String(desired)} pods are ready`);
  if (!isManual && status.currentRevision !== status.updateRevision)
    return waiting("not all pods have the new version");
  return ready;
}

/** https://github.com/kubernetes-sigs/cli-utils/blob/v0.37.2/pkg/kstatus/status/core.go (daemonsetConditions) */
export function daemonSet(object: Properties): Readiness {
  if (!isObserved(object)) return unobserved(object);
  const status = objectAt(object, "status");
  if (status.desiredNumberScheduled === undefined) return unobserved(object);
  const desired = number(status.desiredNumberScheduled);
  const names = ["currentNumberScheduled", "updatedNumberScheduled", "numberAvailable", "numberReady"];
  return names.every((name) => number(status[name]) >= desired)
    ? ready
    : waiting(`${String(number(status.numberReady))} of ${String(desired)} pods are ready`);
}

export function pod(object: Properties): Readiness {
  const isDone = objectAt(object, "status").phase === "Succeeded";
  const missing = ["PodScheduled", "Initialized", "Ready"].find(
    (type) => condition(object, type)?.status !== "True" && !(type === "Ready" && isDone),
  );
  return missing === undefined ? ready : waiting(`the pod is not ${words[missing] ?? missing} yet`);
}

const words: Readonly<Record<string, string>> = {
  PodScheduled: "scheduled",
  Initialized: "initialized",
  Ready: "ready",
};

/** The official plug-in gives up for these reasons only. */
const lostJobs = ["BackoffLimitExceeded", "DeadlineExceeded"];

export function job(object: Properties): Readiness {
  const failed = condition(object, "Failed");
  if (failed?.status === "True" && lostJobs.includes(text(failed.reason)))
    return {
      ...waiting("the job failed", [`${text(failed.reason)}: ${text(failed.message)}`]),
      hopeless: true,
    };
  if (condition(object, "Complete")?.status === "True") return ready;
  const { active, succeeded } = objectAt(object, "status");
  return waiting(
    `the job is not complete: ${String(number(succeeded))} pods succeeded, ${String(number(active))} are active`,
  );
}

export function resourceQuota(object: Properties): Readiness {
  return isDeepStrictEqual(objectAt(object, "spec").hard, objectAt(object, "status").hard)
    ? ready
    : waiting("the quota is not in force yet");
}
