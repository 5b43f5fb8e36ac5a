import assert from "node:assert/strict";
import { median, ratio, spread } from "../../../bench/statistics.ts";

describe("a summary of repeated measurements", () => {
  it("has a median that is independent of their order", () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 3, 2]), 2.5);
    assert.equal(median([10, 9, 100]), 10);
  });

  it("has no median without values", () => assert.throws(() => median([]), RangeError));

  it("has the smallest, the median and the largest", () =>
    assert.deepEqual(spread([5, 1, 3]), { min: 1, median: 3, max: 5 }));
});

describe("a ratio of two contenders", () => {
  it("is that of their medians, with the smallest and the largest within one round", () =>
    assert.deepEqual(ratio([90, 100, 110], [100, 100, 100]), { ofMedians: 1, min: 0.9, max: 1.1 }));

  it("is 1 within each round if both are slowed down alike", () => {
    const { min, max } = ratio([10, 50, 100], [10, 50, 100]);
    assert.deepEqual([min, max], [1, 1]);
  });

  it("needs the same rounds of both", () => assert.throws(() => ratio([1], [1, 2]), /1 rounds .* 2/));
});
