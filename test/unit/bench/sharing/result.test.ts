import assert from "node:assert/strict";
import { sharingReport, sharingResults } from "../../../../bench/sharing/result.ts";
import type { SharingFigures } from "../../../../bench/sharing/result.ts";
import type { Arrangement } from "../../../../bench/clouds/cloud.ts";

/** Each load balancer takes a second, two calls and ten dollars. */
const figures = (arrangement: Arrangement, size: number, round: number): SharingFigures => {
  const balancers = arrangement === "one shared" ? 1 : size;
  return {
    up: 2 * balancers + round,
    processor: 1,
    resources: 3 + size,
    calls: 2 * balancers,
    objects: { "load balancers": balancers },
    dollars: 10 * balancers,
  };
};
const results = sharingResults([1, 10], (arrangement, size) =>
  [0, 1, 2].map((round) => figures(arrangement, size, round)),
);

describe("a load balancer that Services share", () => {
  it("is compared with one each, by the medians of the rounds", () => {
    const up = results.find(({ name }) => name === "`up`");
    const own = up?.cells.find(({ size, arrangement }) => size === 10 && arrangement === "one each, own");
    assert.deepEqual([own?.value, own?.againstShared], [21, { ofMedians: 7, min: 5.5, max: 10 }]);
  });

  it("has a table for each number of Services, with units", () => {
    const [one = "", ten = ""] = sharingReport([1, 10], results).split("\n\n");
    assert.match(one, /^\| 1 Service /);
    assert.match(ten, /^\| 10 Services /);
    assert.match(ten, /\| load balancers +\| +1 \| +10 \(× 10\.0\) \| +10 \(× 10\.0\) \|/);
    assert.match(ten, /\| cost a month +\| +\$10\.00 \| +\$100\.00 \(× 10\.0\) \|/);
  });
});
