import assert from "node:assert/strict";
import type { MemberState } from "../../../../comparison/clouds/operations.ts";
import { healthGaps } from "../../../../cli/move/health.ts";
import type { Behind } from "../../../../cli/move/health.ts";

/** Two nodes in zone a, one in zone b. */
const nodes = [
  { name: "node-1", instanceId: "i-1", zone: "a" },
  { name: "node-2", instanceId: "i-2", zone: "a" },
  { name: "node-3", instanceId: "i-3", zone: "b" },
];
const pool = (id: string, ...states: MemberState[]): Behind["members"] =>
  states.map((state, index) => ({ pool: id, machine: `i-${index + 1}`, state }));

/** @param podsOn nodes that have a ready pod */
const gaps = (
  externalTrafficPolicy: string,
  members: Behind["members"],
  podsOn: readonly string[] = [],
  zones: readonly string[] = ["a", "b"],
): string[] =>
  healthGaps({
    members,
    externalTrafficPolicy,
    nodes,
    zones,
    endpoints: nodes.map(({ name }) => ({ node: name, ready: podsOn.includes(name) })),
  });

describe("the health of a way that clients are led to", () => {
  it("needs every target, with externalTrafficPolicy Cluster", () => {
    assert.deepEqual(gaps("Cluster", pool("http", "healthy", "healthy", "healthy")), []);
    assert.deepEqual(gaps("Cluster", pool("http", "healthy", "unhealthy", "initial")), [
      "i-2 unhealthy",
      "i-3 initial",
    ]);
    assert.deepEqual(gaps("Cluster", pool("http", "unknown", "unused", "healthy")), [
      "i-1 unknown",
      "i-2 unused",
    ]);
  });

  it("needs a target, and counts none that drains", () => {
    for (const policy of ["Cluster", "Local"]) {
      assert.deepEqual(gaps(policy, [], ["node-1"]), ["there is no target"]);
      assert.deepEqual(gaps(policy, pool("http", "draining"), ["node-1"]), ["there is no target"]);
    }
    assert.deepEqual(gaps("Cluster", pool("http", "healthy", "draining", "healthy")), []);
    assert.deepEqual(gaps("Local", pool("http", "healthy", "draining", "draining"), ["node-1"]), []);
  });

  it("allows nodes without a pod to be unhealthy with externalTrafficPolicy Local", () => {
    assert.deepEqual(gaps("Local", pool("http", "healthy", "unhealthy", "unhealthy"), ["node-1"]), []);
    assert.deepEqual(
      gaps("Local", pool("http", "unhealthy", "healthy", "healthy"), ["node-2", "node-3"]),
      [],
    );
  });

  it("needs a healthy target in each zone that has a ready pod then", () => {
    const pods = ["node-1", "node-3"];
    assert.deepEqual(gaps("Local", pool("http", "healthy", "unhealthy", "unhealthy"), pods), [
      "no healthy target in b",
    ]);
    assert.deepEqual(gaps("Local", pool("http", "unhealthy", "unhealthy", "unhealthy"), pods), [
      "no healthy target in a",
      "no healthy target in b",
    ]);
    // A pod that has just come to the second node of a zone: the first one serves meanwhile.
    assert.deepEqual(
      gaps("Local", pool("http", "healthy", "unhealthy", "unhealthy"), ["node-1", "node-2"]),
      [],
    );
  });

  it("asks for no target in a zone that the load balancer is not in", () => {
    const members = pool("http", "healthy", "unhealthy", "unused");
    assert.deepEqual(gaps("Local", members, ["node-1", "node-3"], ["a"]), []);
  });

  it("needs that in the pool of each port", () => {
    const members = [
      ...pool("http", "healthy", "unhealthy", "unhealthy"),
      ...pool("admin", "unhealthy", "unhealthy", "unhealthy"),
    ];
    assert.deepEqual(gaps("Local", members, ["node-1"]), ["no healthy target in a"]);
  });

  it("needs a pod at all", () => {
    assert.deepEqual(gaps("Local", pool("http", "unhealthy", "unhealthy", "unhealthy")), [
      "no target is a node with a ready pod",
    ]);
    // The only pod is on a node that is no target.
    assert.deepEqual(gaps("Local", pool("http", "unhealthy", "unhealthy"), ["node-3"]), [
      "no target is a node with a ready pod",
    ]);
  });

  it("needs every target that is a pod, whatever the policy is", () => {
    const members = [
      { pool: "http", machine: "10.0.0.1", state: "healthy" as const },
      { pool: "http", machine: "10.0.0.2", state: "unhealthy" as const },
    ];
    assert.deepEqual(gaps("Local", members, ["node-1"]), ["10.0.0.2 unhealthy"]);
  });
});
