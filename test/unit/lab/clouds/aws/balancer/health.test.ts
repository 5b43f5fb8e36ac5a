import assert from "node:assert/strict";
import {
  afterCheck,
  checking,
  fromApi,
  healthy,
  matches,
  registering,
  unhealthy,
  unhealthyDraining,
} from "../../../../../../lab/clouds/aws/balancer/health.ts";
import type { TargetHealth } from "../../../../../../lab/clouds/aws/balancer/health.ts";

const thresholds = { healthyThreshold: 3, unhealthyThreshold: 2, unhealthyDrainingSeconds: 0 };

/** The states after each of some checks; + passed, - failed. */
function states(start: TargetHealth, checks: string, unhealthyDrainingSeconds = 0): string[] {
  let health = start;
  const rules = { ...thresholds, unhealthyDrainingSeconds };
  return checks.split("").map((check) => (health = afterCheck(health, check === "+", rules)).state);
}

describe("a target's health", () => {
  it("is healthy after the first check that it passes", () => {
    assert.deepEqual(states(checking, "+"), ["healthy"]);
    assert.deepEqual(states(checking, "-+"), ["initial", "healthy"]);
  });

  it("turns from initial to unhealthy after the unhealthy threshold", () => {
    assert.deepEqual(states(checking, "--"), ["initial", "unhealthy"]);
  });

  it("turns unhealthy only after consecutive failures", () => {
    assert.deepEqual(states(healthy, "-+-+--"), [
      "healthy",
      "healthy",
      "healthy",
      "healthy",
      "healthy",
      "unhealthy",
    ]);
  });

  it("turns healthy again only after consecutive successes", () => {
    assert.deepEqual(states(unhealthy, "++-+++"), [
      "unhealthy",
      "unhealthy",
      "unhealthy",
      "unhealthy",
      "unhealthy",
      "healthy",
    ]);
  });

  it("drains before it is unhealthy if its group says so, and may recover meanwhile", () => {
    assert.deepEqual(states(healthy, "--+++", 60), [
      "healthy",
      "unhealthy.draining",
      "unhealthy.draining",
      "unhealthy.draining",
      "healthy",
    ]);
    assert.deepEqual(states(checking, "--", 60), ["initial", "unhealthy"]);
  });

  it("has the reasons that AWS gives", () => {
    assert.equal(registering.reason, "Elb.RegistrationInProgress");
    assert.equal(checking.reason, "Elb.InitialHealthChecking");
    assert.equal(
      afterCheck({ ...healthy, contrary: 1 }, false, thresholds).reason,
      "Target.FailedHealthChecks",
    );
    assert.equal(afterCheck(checking, true, thresholds).reason, "");
  });

  it("goes on where the API says it was", () => {
    assert.equal(fromApi("healthy"), healthy);
    assert.equal(fromApi("unhealthy"), unhealthy);
    assert.equal(fromApi("unhealthy.draining"), unhealthyDraining);
    assert.equal(fromApi("initial"), registering);
    assert.equal(fromApi("unused"), registering);
  });
});

describe("a matcher of HTTP codes", () => {
  it("takes codes, lists and ranges", () => {
    assert.deepEqual(
      [199, 200, 399, 400].map((code) => matches("200-399", code)),
      [false, true, true, false],
    );
    assert.deepEqual(
      [200, 201, 204].map((code) => matches("200,204", code)),
      [true, false, true],
    );
    assert.equal(matches("200", 200), true);
  });
});
