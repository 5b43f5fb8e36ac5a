import assert from "node:assert/strict";
import { previewed } from "../../../../comparison/plan/previewed.ts";

describe("a preview's mocks", () => {
  const mocks = previewed({ call: () => ({}) });

  it("name the objects of Kubernetes before an update, and nothing else", () => {
    const inputs = { metadata: { labels: {} } };
    const service = { type: "kubernetes:core/v1:Service", name: "web", inputs, custom: true };
    assert.deepEqual(mocks.newResource(service), {
      id: undefined,
      state: { metadata: { name: "web", labels: {} } },
    });
    const group = { type: "aws:lb/targetGroup:TargetGroup", name: "web", inputs: { port: 1 }, custom: true };
    assert.deepEqual(mocks.newResource(group), { id: undefined, state: { port: 1 } });
  });
});
