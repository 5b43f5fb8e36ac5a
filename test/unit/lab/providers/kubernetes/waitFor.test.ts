import assert from "node:assert/strict";
import { hasWhatIsWaitedFor, parseWaitFor } from "../../../../../lab/providers/kubernetes/waitFor.ts";
import type { Properties } from "../../../../../lab/providers/values.ts";

describe("the annotation pulumi.com/waitFor", () => {
  it("names a path of fields, with a value or without", () => {
    const path = ["status", "phase"];
    assert.deepEqual(parseWaitFor("jsonpath={.status.phase}"), { path });
    assert.deepEqual(parseWaitFor("jsonpath={ $.status.phase }"), { path });
    assert.deepEqual(parseWaitFor("jsonpath={.status.phase}=Running"), { path, value: "Running" });
  });

  for (const other of [
    "condition=Ready",
    "jsonpath=.status.phase",
    "jsonpath={.status.phase}=",
    "jsonpath={.status.conditions[0].status}",
    'jsonpath={.status.conditions[?(@.type=="Ready")].status}=True',
    '["jsonpath={.status.phase}"]',
  ])
    it(`is left to the official plug-in as ${other}`, () => {
      assert.equal(parseWaitFor(other), undefined);
    });

  const object = (status: Properties, generation = 1): Properties => ({ metadata: { generation }, status });
  const state = (annotation: string, of: Properties): string | true => {
    const readiness = hasWhatIsWaitedFor(parseWaitFor(annotation) ?? assert.fail(annotation), of);
    return readiness.ready || readiness.reasons.join();
  };
  const observed = "jsonpath={.status.observedGeneration}";

  it("waits until there is a value", () => {
    assert.equal(
      state(observed, object({})),
      "waiting for {.status.observedGeneration}: there is no value yet",
    );
    assert.equal(state(observed, object({ observedGeneration: 1 })), true);
    assert.equal(state("jsonpath={.status.on}", object({ on: false })), true);
  });

  it("waits until there is the value", () => {
    const phase = "jsonpath={.status.phase}=Running";
    assert.equal(
      state(phase, object({ phase: "Pending" })),
      "waiting for {.status.phase}=Running: it is Pending",
    );
    assert.equal(state(phase, object({ phase: "Running" })), true);
  });

  it("waits until the status is about the object's last change", () => {
    assert.equal(
      state(observed, object({ observedGeneration: 1 }, 2)),
      "waiting for {.status.observedGeneration}: its controller has not seen the last change yet",
    );
  });
});
