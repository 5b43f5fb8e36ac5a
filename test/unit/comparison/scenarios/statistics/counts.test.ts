import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { evenly, shownCounts, tally } from "../../../../../comparison/scenarios/statistics/counts.ts";

describe("counts", () => {
  it("are in the order of the categories, also of those that never came", () => {
    assert.deepEqual(tally(["b", "a", "b"], ["a", "b", "c"]), { of: [1, 2, 0], elsewhere: 0 });
  });

  it("name what is in no category", () => {
    assert.equal(shownCounts(tally(["a", "b", "x", "y"], ["a", "b"])), "1 / 1, 2 elsewhere");
    assert.equal(shownCounts(tally(["a", "b"], ["a", "b"])), "1 / 1");
  });
});

describe("counts that chance decides evenly", () => {
  const expected = evenly(1e-6, "Chance decides.", "https://example.com");
  assert.ok("by" in expected.alike);
  const { by } = expected.alike;

  it("may differ as chance permits", () => {
    for (const value of ["100 / 100 / 100", "118 / 92 / 90", "80 / 110 / 110"]) {
      assert.equal(expected.left(value), true, value);
      assert.equal(expected.right(value), true, value);
    }
  });

  it("are different when one category has most, or none", () => {
    for (const value of ["180 / 60 / 60", "150 / 150 / 0", "300 / 0 / 0"]) {
      assert.equal(expected.left(value), false, value);
      assert.equal(expected.right(value), false, value);
    }
  });

  it("are different when something went elsewhere, or nothing was counted", () => {
    for (const value of ["100 / 100 / 99, 1 elsewhere", "0 / 0 / 0", "", "none", 100, true])
      assert.equal(expected.left(value), false, String(value));
  });

  it("are alike on both sides if they could be drawn alike", () => {
    assert.equal(by("98 / 97 / 105", "118 / 92 / 90"), true);
    assert.equal(by("140 / 80 / 80", "60 / 120 / 120"), false);
  });

  it("are not alike of different numbers of categories", () => {
    assert.equal(by("100 / 100 / 100", "150 / 150"), false);
  });
});
