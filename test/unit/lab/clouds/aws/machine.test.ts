import assert from "node:assert/strict";
import { machine } from "../../../../../lab/clouds/aws/connected.ts";
import { shapeNamed } from "../../../../../lab/clouds/aws/account/shapes/index.ts";
import { nodes } from "../../../../../lab/layout.ts";

describe("an EC2 instance of a node", () => {
  const [node] = nodes;
  assert.ok(node);

  it("is at the end of the Node's provider id", () => {
    assert.equal(machine(node, "i-0123", shapeNamed()).providerId, "aws:///us-west-2a/i-0123");
  });

  it("says in which zone it is, under Kubernetes' well-known labels", () => {
    assert.deepEqual(machine(node, "i-0123", shapeNamed()).labels, {
      "topology.kubernetes.io/region": "us-west-2",
      "topology.kubernetes.io/zone": "us-west-2a",
    });
  });

  it("has the labels with which a tool starts its kubelet", () => {
    const { labels } = machine(node, "i-0123", shapeNamed("auto-mode"));
    assert.equal(labels["eks.amazonaws.com/compute-type"], "auto");
  });
});
