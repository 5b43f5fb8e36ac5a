import assert from "node:assert/strict";
import { sharesOf } from "../../../../../comparison/scenarios/hairpin/calls.ts";

const call = (own: boolean, answered: boolean) => ({ own, answered });

describe("calls of pods to their own load balancer", () => {
  it("differ by whether the address belongs to the client's zone", () => {
    const calls = [call(true, false), call(true, true), call(false, true), call(false, true)];
    assert.deepEqual(sharesOf(calls), { own: 50, others: 100 });
  });

  it("say nothing where there were none of a kind", () => {
    assert.throws(() => sharesOf([call(true, true)]), /another zone/);
    assert.throws(() => sharesOf([call(false, true)]), /its own zone/);
  });
});
