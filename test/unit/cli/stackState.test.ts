import assert from "node:assert/strict";
import { emptyState, outputsIn, ownServicesIn } from "../../../cli/stackState.ts";

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

  it("has the stack's Services by their names in the program", () => {
    const parents = "exposure:index:NodePortExposure$";
    const type = "kubernetes:core/v1:Service";
    const resources = [
      { type, urn: `urn:pulumi:dev::project::${parents}${type}::nodeport`, id: "nodeport-1a/nodeport-2b" },
      {
        type: "kubernetes:core/v1:Namespace",
        urn: "urn:pulumi:dev::project::x::nodeport",
        id: "nodeport-1a",
      },
    ];
    assert.deepEqual(ownServicesIn({ deployment: { resources } }), { nodeport: "nodeport-1a/nodeport-2b" });
    assert.deepEqual(ownServicesIn(JSON.parse(emptyState)), {});
  });

  it("has none before the first deployment and after everything is destroyed", () => {
    assert.deepEqual(outputsIn(JSON.parse(emptyState)), {});
    assert.deepEqual(outputsIn({ deployment: { resources: [{ type: "pulumi:pulumi:Stack" }] } }), {});
  });
});
