import assert from "node:assert/strict";
import { costReport, costResults } from "../../../../bench/controllerCost/result.ts";
import type { LabCost } from "../../../../bench/controllerCost/result.ts";

const mebibytesIn = (megabytes: number): number => (megabytes * 1e6) / 2 ** 20;
const cost = (seconds: number, etcd: number, controller?: number): LabCost => ({
  seconds,
  memory: {
    total: mebibytesIn(etcd + (controller ?? 0)),
    byProgram: {
      etcd: mebibytesIn(etcd),
      ...(controller === undefined ? {} : { controller: mebibytesIn(controller) }),
    },
  },
});

const without = [cost(8, 1000), cost(10, 1000), cost(9, 1010)];

describe("the cost of a controller to the lab", () => {
  it("is what it adds within a round, and the ratio of the medians", () => {
    const { seconds, megabytes } = costResults(without, [
      cost(10, 1000, 60),
      cost(11, 1010, 60),
      cost(12, 1010, 70),
    ]);
    assert.deepEqual(seconds.added, { min: 1, median: 2, max: 3 });
    assert.equal(seconds.ratio.ofMedians, 11 / 9);
    assert.deepEqual([seconds.kept, megabytes.kept], [true, true]);
    assert.equal(Math.round(megabytes.added.median), 70);
  });

  it("exceeds a limit if half of the rounds do", () => {
    const { seconds, megabytes } = costResults(without, [
      cost(11.1, 1000, 121),
      cost(13.1, 1000, 121),
      cost(9, 1010, 10),
    ]);
    assert.deepEqual([seconds.kept, megabytes.kept], [false, false]);
  });

  it("tells which program takes how much more", () => {
    const results = costResults(without, [cost(10, 900, 60), cost(11, 990, 60), cost(12, 1000, 70)]);
    assert.deepEqual(
      results.byProgram.map(({ program, added }) => [program, Math.round(added)]),
      [
        ["controller", 60],
        ["etcd", -10],
      ],
    );
    assert.match(costReport(results), /start, s .*\| 3: kept/);
    assert.match(costReport(results), /etcd .*-10\.0/);
  });
});
