import assert from "node:assert/strict";
import { emptyState, outputsIn } from "../../../cli/stackState.ts";

describe("the state of a stack", () => {
  it("has the stack's outputs", () => {
    const resources = [
      { type: "pulumi:providers:aws", outputs: { region: "us-west-2" } },
      { type: "pulumi:pulumi:Stack", outputs: { clusterName: "dev", nodePort: { url: "http://a" } } },
    ];
    assert.deepEqual(outputsIn({ version: 3, deployment: { resources } }), {
      clusterName: { value: "dev" },
      nodePort: { value: { url: "http://a" } },
    });
  });

  it("has none before the first deployment and after everything is destroyed", () => {
    assert.deepEqual(outputsIn(JSON.parse(emptyState)), {});
    assert.deepEqual(outputsIn({ deployment: { resources: [{ type: "pulumi:pulumi:Stack" }] } }), {});
  });
});
