import assert from "node:assert/strict";
import { lastInputs, stateOf } from "../../../../../lab/providers/kubernetes/state.ts";

const service = { apiVersion: "v1", kind: "Service" };
const secretKind = { apiVersion: "v1", kind: "Secret" };
const marked = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

describe("the state of an object", () => {
  const inputs = { ...service, metadata: { name: "echo" } };
  const kept = { inputs, fieldManager: "pulumi-kubernetes-1", initialApiVersion: "v1" };

  it("has the keys of the official plug-in beside the live object", () => {
    const live = { ...inputs, spec: { clusterIP: "10.0.0.1" } };
    assert.deepEqual(stateOf(service, live, kept), {
      ...live,
      __inputs: inputs,
      __fieldManager: "pulumi-kubernetes-1",
      __initialApiVersion: "v1",
    });
  });

  it("marks the contents of a Secret, in its inputs too", () => {
    const secret = { ...secretKind, stringData: { password: "p" } };
    const live = { ...secretKind, data: { password: "cA==" } };
    const state = stateOf(secretKind, live, { ...kept, inputs: secret });
    assert.deepEqual(state.data, marked({ password: "cA==" }));
    assert.deepEqual(state.__inputs, { ...secret, stringData: marked({ password: "p" }) });
  });

  it("gives the last inputs to an engine that sends none", () => {
    const state = { __inputs: inputs };
    assert.deepEqual(lastInputs({}, state), inputs);
    assert.deepEqual(lastInputs({ ...inputs, spec: {} }, state), { ...inputs, spec: {} });
    assert.deepEqual(lastInputs({}, {}), {});
  });
});
