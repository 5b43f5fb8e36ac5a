import assert from "node:assert/strict";
import { checkTimeoutMs, kernelSeconds, realMs } from "../../../../../../lab/clouds/aws/balancer/clocks.ts";

const at = (scale: number) => ({ scale, registrationSeconds: 180 });

describe("AWS's clocks in the lab", () => {
  it("are AWS's at scale 1, and otherwise all divided by the same number", () => {
    assert.equal(realMs(30, at(1)), 30_000);
    assert.equal(realMs(30, at(20)), 1500);
    assert.equal(checkTimeoutMs(30, at(20)), 1500);
    assert.equal(kernelSeconds(350, at(1)), 350);
    assert.equal(kernelSeconds(350, at(20)), 18);
  });

  it("give a busy machine a second to answer a check, and the kernel whole seconds", () => {
    assert.equal(checkTimeoutMs(10, at(20)), 1000);
    assert.equal(kernelSeconds(60, at(100)), 1);
  });
});
