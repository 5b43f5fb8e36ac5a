import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { spreadOf } from "../../../../../comparison/scenarios/spread/spreading.ts";
import type { Places } from "../../../../../comparison/scenarios/spread/spreading.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { lost } from "../samples.ts";

const places: Places = {
  zoneOfAddress: new Map([
    ["203.0.113.1", "zone-a"],
    ["203.0.113.2", "zone-b"],
    ["203.0.113.3", "zone-c"],
  ]),
  nodes: [
    { name: "node-a", address: "10.0.0.10", zone: "zone-a" },
    { name: "node-b", address: "10.0.16.10", zone: "zone-b" },
    { name: "node-c", address: "10.0.32.10", zone: "zone-c" },
  ],
  nodeOfPod: new Map([
    ["pod-a", "node-a"],
    ["pod-b", "node-b"],
    ["pod-c", "node-c"],
  ]),
};

function through(address: string, clientAddress: string, pod: string): Sample {
  return {
    load: "plain",
    at: 0,
    milliseconds: 1,
    address,
    outcome: { kind: "answered", pod, clientAddress },
  };
}

describe("the spread of requests", () => {
  it("is by the address asked, by the node that pods take for the client, and by pod", () => {
    const { answered, zones, targets, pods } = spreadOf(
      [
        through("203.0.113.1", "10.0.0.10", "pod-c"),
        through("203.0.113.2", "10.0.16.10", "pod-c"),
        through("203.0.113.2", "10.0.0.10", "pod-b"),
      ],
      places,
    );
    assert.equal(answered.kind === "measured" && answered.value, 100);
    assert.deepEqual(zones, { of: [1, 2, 0], elsewhere: 0 });
    assert.deepEqual(targets, { of: [2, 1, 0], elsewhere: 0 });
    assert.deepEqual(pods, { of: [0, 1, 2], elsewhere: 0 });
  });

  it("counts how many zones lie between the address and the target, round the region", () => {
    const { zonesAway } = spreadOf(
      [
        through("203.0.113.1", "10.0.0.10", "pod-a"),
        through("203.0.113.3", "10.0.32.10", "pod-a"),
        through("203.0.113.3", "10.0.0.10", "pod-a"),
        through("203.0.113.1", "10.0.32.10", "pod-a"),
      ],
      places,
    );
    assert.deepEqual(zonesAway, { of: [2, 1, 1], elsewhere: 0 });
  });

  it("leaves out unanswered requests, and says how many there were", () => {
    const { answered, zones } = spreadOf(
      [through("203.0.113.1", "10.0.0.10", "pod-a"), lost("plain", 1)],
      places,
    );
    assert.deepEqual(
      answered,
      measured(50, "2 sent; 1 lost: no answer within 2 s; p50 1.0 ms, p99 1.0 ms; answers by node-a 1"),
    );
    assert.deepEqual(zones, { of: [1, 0, 0], elsewhere: 0 });
  });

  it("names what it can't place", () => {
    const { zones, targets, pods, zonesAway } = spreadOf(
      [through("192.0.2.1", "198.51.100.10", "stranger")],
      places,
    );
    for (const counts of [zones, targets, pods, zonesAway])
      assert.deepEqual(counts, { of: [0, 0, 0], elsewhere: 1 });
  });
});
