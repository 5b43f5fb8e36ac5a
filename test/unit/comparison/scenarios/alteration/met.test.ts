import assert from "node:assert/strict";
import {
  expectedName,
  isGap,
  isNoGap,
  isRegistration,
} from "../../../../../comparison/scenarios/alteration/met.ts";
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

describe("the name of a load balancer that is changed", () => {
  const documented = { sentence: "s", source: "https://example.com" };

  it("may be the former one on a side where the cloud draws it, and stays on the other", () => {
    const { left, right, alike } = expectedName({ left: true, right: "by chance", ...documented });
    assert.deepEqual([left(true), left(false)], [true, false]);
    assert.deepEqual([right(true), right(false), right("unknown")], [true, true, false]);
    assert.ok("by" in alike && alike.by(true, true) && alike.by(true, false));
  });

  it("has to be another one where the cloud says so", () => {
    const { left, right } = expectedName({ left: true, right: false, ...documented });
    assert.deepEqual([left(true), right(true), right(false)], [true, false, true]);
  });
});
