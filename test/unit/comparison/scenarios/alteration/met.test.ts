import assert from "node:assert/strict";
import { isGap, isNoGap, isRegistration } from "../../../../../comparison/scenarios/alteration/met.ts";
import { conditions } from "../conditions.ts";

describe("a gap between two answers", () => {
  it("is none as long as a request may take, and words are neither", () => {
    assert.deepEqual([2, 2.1, "2"].map(isNoGap), [true, false, false]);
    assert.deepEqual([2, 2.1, "2"].map(isGap), [false, true, false]);
  });

  it("is a registration's from 180 s of AWS's on, but for what the machine takes, and not if it does not end with one", () => {
    assert.deepEqual([3.9, 4, 84, 85].map(isRegistration(conditions(20))), [false, true, true, false]);
    assert.deepEqual([174, 175].map(isRegistration(conditions(1))), [false, true]);
  });
});
