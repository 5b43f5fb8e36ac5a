import assert from "node:assert/strict";
import { brokenPercent, lastAnsweredSeconds } from "../../../../../comparison/scenarios/draining/conclude.ts";
import { answered, lost } from "../samples.ts";

const there = new Set(["pod-1"]);

describe("connections to a target that is deregistered", () => {
  it("count as broken by those that were on it", () => {
    const samples = [
      { ...lost("http idle", 0), pod: "pod-1" },
      { ...answered("http idle", 0), pod: "pod-1" },
      { ...lost("http idle", 0), pod: "pod-2" },
    ];
    assert.equal(brokenPercent(there, samples), 50);
  });

  it("say nothing if none was on it", () => {
    const elsewhere = [{ ...lost("http idle", 0), pod: "pod-2" }];
    assert.throws(() => brokenPercent(there, elsewhere), /no connection was held/);
  });

  it("are served until the last answer that came before the target was back", () => {
    const samples = [1000, 3000, 9000].map((at) => answered("http", at, "pod-1", 10));
    assert.equal(lastAnsweredSeconds({ at: 2000, until: 8000, pods: there }, samples), 1.01);
    assert.equal(lastAnsweredSeconds({ at: 5000, until: 8000, pods: there }, samples), 0);
  });
});
