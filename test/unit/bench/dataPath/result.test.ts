import assert from "node:assert/strict";
import { goals, goalWords, isMet, names } from "../../../../bench/dataPath/goals.ts";
import { modeReport } from "../../../../bench/dataPath/report.ts";
import { modeResult } from "../../../../bench/dataPath/result.ts";

const rounds = (...rates: readonly number[]) =>
  rates.map((requestsPerSecond) => ({
    requestsPerSecond,
    p50Milliseconds: 1,
    p99Milliseconds: 2,
    // Half of a processor of two, which others share.
    costMicroseconds: 5e5 / requestsPerSecond,
    errors: 1,
  }));

const figures = new Map([
  [names.pod, rounds(2000, 2200)],
  [names.ownDirect, rounds(1000, 1000)],
  [names.own, rounds(960, 980)],
  [names.theirsDirect, rounds(1000, 1100)],
  [names.theirs, rounds(900, 940)],
  ["Envoy", rounds(1000, 800)],
]);

describe("the data path's result", () => {
  const result = modeResult("kept", figures, ["Envoy"]);

  it("compares every way with the NodePort Service's node port", () => {
    const own = result.contenders.find(({ name }) => name === names.own);
    assert.deepEqual(own?.againstNodePort, { ofMedians: 0.97, min: 0.96, max: 0.98 });
    assert.deepEqual(own.requestsPerSecond, { min: 960, median: 970, max: 980 });
    assert.equal(own.errors, 2);
  });

  it("tells for each goal whether it is met, comparing a load balancer with its own Service's node port", () =>
    assert.deepEqual(
      result.goals.map(({ of, against, met }) => [of, against, met]),
      [
        [names.own, names.ownDirect, true],
        [names.theirs, names.theirsDirect, false],
        [names.own, names.theirs, false],
        [names.own, "Envoy", true],
        [names.theirs, "Envoy", true],
      ],
    ));

  it("is reported with ratios and goals", () => {
    const report = modeReport(result);
    assert.match(report, /^### kept$/m);
    assert.match(report, /\| NodePort \+ own NLB +\| +970 \(960 to 980\) \|/);
    assert.match(report, /\| NodePort \+ own NLB +\| LoadBalancer +\| 0\.97 to 1\.03 +\| .* \| missed \|/);
  });
});

describe("a goal", () => {
  const reached = (ofMedians: number) => ({ ofMedians, min: 0, max: 2 });

  it("is met at its bounds and not beyond", () => {
    const [, , alike] = goals([]);
    assert.ok(alike !== undefined);
    assert.deepEqual(
      [0.96, 0.97, 1.03, 1.04].map((value) => isMet(alike, reached(value))),
      [false, true, true, false],
    );
  });

  it("is put into words", () =>
    assert.deepEqual(goals(["Envoy"]).map(goalWords), [
      "at least 0.95",
      "at least 0.95",
      "0.97 to 1.03",
      "at least 1",
      "at least 1",
    ]));
});
