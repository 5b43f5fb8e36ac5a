import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { flowOf } from "../../../../../comparison/scenarios/findings/flow.ts";
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
    assert.deepEqual(flowOf(samples), { pods: ["old", "new"], silentSeconds: 2 });
  });

  it("goes by when answers arrived, not by when they were asked for", () => {
    const samples = [answered("flow", 0, "new", 4000), answered("flow", 100, "old", 5)];
    assert.deepEqual(flowOf(samples), { pods: ["old", "new"], silentSeconds: 3.895 });
  });

  it("that no other pod answers has no end of its silence", () => {
    assert.deepEqual(flowOf([answered("flow", 0, "old"), lost("flow", 50)]), {
      pods: ["old"],
      silentSeconds: undefined,
    });
    assert.deepEqual(flowOf([]), { pods: [], silentSeconds: undefined });
  });

  it("names every pod that it wandered to", () => {
    const samples = ["a", "b", "a", "c"].map((pod, index) => answered("flow", index * 50, pod));
    assert.deepEqual(flowOf(samples).pods, ["a", "b", "c"]);
  });
});
