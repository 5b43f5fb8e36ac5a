import assert from "node:assert/strict";
import { inputsOf } from "../../../../../lab/providers/kubernetes/inputs.ts";

describe("the inputs of an object that is imported", () => {
  it("have the program's annotations, without those of controllers and kubectl", () => {
    const kind = { apiVersion: "apps/v1", kind: "Deployment" };
    const others = {
      "deployment.kubernetes.io/revision": "1",
      "kubectl.kubernetes.io/last-applied-configuration": "{}",
    };
    const live = {
      ...kind,
      metadata: { name: "web", uid: "1", annotations: { a: "b", ...others } },
      status: { replicas: 1 },
    };
    assert.deepEqual(inputsOf(kind, live, {}), {
      ...kind,
      metadata: { name: "web", annotations: { a: "b" } },
    });
  });
});
