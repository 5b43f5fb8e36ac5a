import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readyNodes } from "../../../../lab/cluster/kubectl.ts";
import type { NodeObject } from "../../../../lab/cluster/kubectl.ts";

const begin = Date.parse("2026-01-01T12:00:00.700Z");
const node = (name: string, status: string, lastHeartbeatTime: string): NodeObject => ({
  metadata: { name },
  status: { conditions: [{ type: "Ready", status, lastHeartbeatTime }] },
});

describe("nodes count as ready", () => {
  it("when their kubelet said so since the start, to the second", () => {
    assert.deepEqual(
      readyNodes(
        [node("a", "True", "2026-01-01T12:00:00Z"), node("b", "True", "2026-01-01T12:00:09Z")],
        begin,
      ),
      ["a", "b"],
    );
  });

  it("not by what a former start left in etcd", () => {
    assert.deepEqual(readyNodes([node("a", "True", "2026-01-01T11:59:59Z")], begin), []);
  });

  it("not while the kubelet says otherwise or nothing", () => {
    assert.deepEqual(
      readyNodes(
        [node("a", "False", "2026-01-01T12:00:09Z"), { metadata: { name: "b" }, status: {} }],
        begin,
      ),
      [],
    );
  });
});
