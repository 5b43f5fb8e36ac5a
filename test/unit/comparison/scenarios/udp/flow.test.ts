import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { flowOf } from "../../../../../comparison/scenarios/udp/flow.ts";
import { answered, lost } from "../samples.ts";

describe("a flow", () => {
  it("is silent from its first pod's last answer to another one's first", () => {
    const samples = [
      answered("flow", 0, "old"),
      answered("flow", 1000, "old"),
      lost("flow", 1500),
      answered("flow", 3000, "new"),
      answered("flow", 3050, "new"),
    ];
    assert.deepEqual(flowOf(samples), { moves: 1, silentSeconds: 2 });
  });

  it("is silent until an answer arrived, not until it was asked for", () => {
    const samples = [answered("flow", 0, "old", 5), answered("flow", 100, "new", 4000)];
    assert.deepEqual(flowOf(samples), { moves: 1, silentSeconds: 4.095 });
  });

  it("has moved by the order of its requests, though an answer was late", () => {
    const samples = [
      answered("flow", 0, "old"),
      answered("flow", 50, "old", 500),
      answered("flow", 100, "new"),
    ];
    assert.deepEqual(flowOf(samples), { moves: 1, silentSeconds: 0 });
  });

  it("that no other pod answers has no end of its silence", () => {
    assert.deepEqual(flowOf([answered("flow", 0, "old"), lost("flow", 50)]), {
      moves: 0,
      silentSeconds: undefined,
    });
    assert.deepEqual(flowOf([]), { moves: 0, silentSeconds: undefined });
  });

  it("that goes to and fro moves each time", () => {
    const samples = ["a", "b", "a", "b"].map((pod, index) => answered("flow", index * 50, pod));
    assert.equal(flowOf(samples).moves, 3);
  });
});
