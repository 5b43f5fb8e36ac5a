import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readyNodes } from "../../../../lab/cluster/kubectl.ts";
import type { NodeObject } from "../../../../lab/cluster/kubectl.ts";

const node = (name: string, status: string, lastHeartbeatTime: string): NodeObject => ({
  metadata: { name },
  status: { conditions: [{ type: "Ready", status, lastHeartbeatTime }] },
});

describe("nodes count as ready", () => {
  const before = [node("a", "True", "2026-01-01T12:00:00Z")];

  it("when their kubelet has reported it since the start", () => {
    const now = [node("a", "True", "2026-01-01T12:00:09Z"), node("b", "True", "2026-01-01T12:00:00Z")];
    assert.deepEqual(readyNodes(now, before), ["a", "b"]);
  });

  it("also if the clock was set back since", () => {
    assert.deepEqual(readyNodes([node("a", "True", "2025-06-01T00:00:00Z")], before), ["a"]);
  });

  it("not by a report that an earlier start left in etcd", () => {
    assert.deepEqual(readyNodes(before, before), []);
  });

  it("not while the kubelet says otherwise or nothing", () => {
    const silent = { metadata: { name: "b" }, status: {} };
    assert.deepEqual(readyNodes([node("a", "False", "2026-01-01T12:00:09Z"), silent], before), []);
  });
});
