import assert from "node:assert/strict";
import type { Properties } from "../../../../../lab/providers/values.ts";
import type { Readiness } from "../../../../../lab/providers/kubernetes/readiness.ts";
import {
  daemonSet,
  job,
  pod,
  resourceQuota,
  statefulSet,
} from "../../../../../lab/providers/kubernetes/workloads.ts";

/** As the controller has seen it, in its second version. */
const object = (spec: Properties, status: Properties): Properties => ({
  metadata: { generation: 2 },
  spec,
  status: { observedGeneration: 2, ...status },
});
const progressOf = (state: Readiness): string => (state.ready ? "ready" : state.progress);
const conditions = (...types: readonly string[]): Properties => ({
  conditions: types.map((type) => ({ type, status: "True" })),
});

describe("a StatefulSet", () => {
  const counts = { replicas: 2, readyReplicas: 2, currentReplicas: 2 };
  const revisions = { currentRevision: "a", updateRevision: "a" };

  it("is ready when all pods are, in the new version", () => {
    assert.equal(progressOf(statefulSet(object({ replicas: 2 }, { ...counts, ...revisions }))), "ready");
    assert.equal(
      progressOf(statefulSet(object({ replicas: 2 }, { ...counts, ...revisions, readyReplicas: 1 }))),
      "1 of 2 pods are ready",
    );
    assert.equal(
      progressOf(statefulSet(object({ replicas: 2 }, { ...counts, ...revisions, updateRevision: "b" }))),
      "not all pods have the new version",
    );
  });

  it("does not wait for versions that only a deletion of pods brings", () => {
    const spec = { replicas: 2, updateStrategy: { type: "OnDelete" } };
    const status = { replicas: 2, readyReplicas: 2, currentRevision: "a", updateRevision: "b" };
    assert.equal(progressOf(statefulSet(object(spec, status))), "ready");
  });

  it("waits for its controller", () => {
    const seen = object({ replicas: 0 }, { ...revisions, observedGeneration: 1 });
    assert.match(progressOf(statefulSet({ kind: "StatefulSet", ...seen })), /controller/);
  });
});

describe("a DaemonSet", () => {
  const all = {
    desiredNumberScheduled: 3,
    currentNumberScheduled: 3,
    updatedNumberScheduled: 3,
    numberAvailable: 3,
    numberReady: 3,
  };

  it("is ready when each node's pod is, in the new version", () => {
    assert.equal(progressOf(daemonSet(object({}, all))), "ready");
    for (const name of Object.keys(all).filter((each) => each !== "desiredNumberScheduled"))
      assert.notEqual(progressOf(daemonSet(object({}, { ...all, [name]: 2 }))), "ready", name);
  });

  it("waits until its controller has counted the nodes", () => {
    assert.notEqual(progressOf(daemonSet({ kind: "DaemonSet", ...object({}, {}) })), "ready");
  });
});

describe("a Pod", () => {
  it("is ready when it is scheduled, initialized and ready", () => {
    const types = ["PodScheduled", "Initialized", "Ready"];
    assert.equal(progressOf(pod({ status: conditions(...types) })), "ready");
    const words = types.map((missing) =>
      progressOf(pod({ status: conditions(...types.filter((type) => type !== missing)) })),
    );
    assert.deepEqual(words, [
      "the pod is not scheduled yet",
      "the pod is not initialized yet",
      "the pod is not ready yet",
    ]);
  });

  it("is ready when it has done its work", () => {
    const status = { phase: "Succeeded", ...conditions("PodScheduled", "Initialized") };
    assert.equal(progressOf(pod({ status })), "ready");
  });
});

describe("a Job", () => {
  it("is ready when it is complete", () => {
    assert.equal(progressOf(job({ status: conditions("Complete") })), "ready");
    assert.match(progressOf(job({ status: { active: 1 } })), /0 pods succeeded, 1 are active/);
  });

  it("is given up when it has failed too often, or for too long", () => {
    const failed = (reason: string): Readiness =>
      job({ status: { conditions: [{ type: "Failed", status: "True", reason, message: "why" }] } });
    for (const reason of ["BackoffLimitExceeded", "DeadlineExceeded"]) {
      const state = failed(reason);
      assert.deepEqual(state.ready ? undefined : [state.hopeless, state.reasons], [true, [`${reason}: why`]]);
    }
  });
});

describe("a ResourceQuota", () => {
  it("is ready when it is in force", () => {
    const spec = { hard: { pods: "9" } };
    assert.equal(progressOf(resourceQuota({ spec, status: {} })), "the quota is not in force yet");
    assert.equal(progressOf(resourceQuota({ spec, status: { hard: { pods: "9" } } })), "ready");
  });
});
