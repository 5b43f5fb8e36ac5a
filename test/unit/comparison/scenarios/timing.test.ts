import assert from "node:assert/strict";
import { latestDetectionSeconds } from "../../../../comparison/scenarios/timing.ts";

const api = { intervalSeconds: 30, timeoutSeconds: 10, unhealthyThresholdCount: 3 };

describe("the latest time at which a silent target is found out", () => {
  it("is the interval as often as the threshold says, and a time-out", () => {
    assert.equal(latestDetectionSeconds(api, 1), 100);
  });

  it("is as much sooner as the clocks are faster", () => {
    assert.equal(latestDetectionSeconds(api, 10), 10);
  });

  it("does not become shorter by a time-out of less than a second", () => {
    assert.equal(latestDetectionSeconds(api, 20), 1.5 * 3 + 1);
  });

  it("waits for a check to end before the next, where intervals are shorter than that", () => {
    const fast = { intervalSeconds: 10, timeoutSeconds: 6, unhealthyThresholdCount: 2 };
    assert.equal(latestDetectionSeconds(fast, 20), 0.5 + 1 + 1);
  });

  it("adds a time-out to each interval that begins with the end of a check", () => {
    const paused = { intervalSeconds: 5, timeoutSeconds: 5, unhealthyThresholdCount: 3, pausesBetween: true };
    assert.equal(latestDetectionSeconds(paused, 1), 30);
  });
});
