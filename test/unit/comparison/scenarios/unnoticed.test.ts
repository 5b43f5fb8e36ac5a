import assert from "node:assert/strict";
import { isGap, isNoGap, isRegistration } from "../../../../comparison/scenarios/unnoticed.ts";

describe("a gap between two answers", () => {
  it("is none as long as a request may take, and words are neither", () => {
    assert.deepEqual([2, 2.1, "2"].map(isNoGap), [true, false, false]);
    assert.deepEqual([2, 2.1, "2"].map(isGap), [false, true, false]);
  });

  it("is a registration's from 180 s of AWS's on, and not if it does not end with one", () => {
    assert.deepEqual([8.9, 9, 84, 85].map(isRegistration(20)), [false, true, true, false]);
    assert.deepEqual([179, 180].map(isRegistration(1)), [false, true]);
  });
});
