import assert from "node:assert/strict";
import { ownerByDescription, ownerByTags } from "../../../../../comparison/clouds/aws/owners.ts";

const service = { "kubernetes.io/service-name": "web/cloud" };

describe("who made an object, by its marks", () => {
  it("is the cloud controller manager with a Service's and a cluster's tag", () => {
    assert.equal(ownerByTags({ ...service, "kubernetes.io/cluster/dev": "owned" }), "cloud controller");
  });

  it("is another one with only one of the tags, or with a cluster that only shares the object", () => {
    assert.equal(ownerByTags(service), "other");
    assert.equal(ownerByTags({ "kubernetes.io/cluster/dev": "owned" }), "other");
    assert.equal(ownerByTags({ ...service, "kubernetes.io/cluster/dev": "shared" }), "other");
    assert.equal(ownerByTags({}), "other");
  });

  it("is the cloud controller manager with a rule's description as it writes them", () => {
    assert.equal(ownerByDescription("kubernetes.io/rule/nlb/client=a126f6206"), "cloud controller");
    assert.equal(ownerByDescription("clients of http"), "other");
    assert.equal(ownerByDescription(undefined), "other");
  });
});
