import assert from "node:assert/strict";
import type { CoreV1Event } from "@kubernetes/client-node";
import { warningFacts } from "../../../../../comparison/sources/kubernetes/warnings.ts";
import { received } from "../account.ts";

const event = (fields: object): CoreV1Event =>
  received({
    involvedObject: { uid: "uid-1" },
    reason: "SyncLoadBalancerFailed",
    message: "no",
    lastTimestamp: "2026-11-24T03:40:12Z",
    ...fields,
  });

describe("warnings about a Service", () => {
  it("come with the last one first, and no more than three", () => {
    const events = ["01", "04", "02", "03"].map((minute) =>
      event({ message: minute, lastTimestamp: `2026-11-24T03:${minute}:00Z` }),
    );
    assert.deepEqual(
      warningFacts(events, "uid-1").map(({ message }) => message),
      ["04", "03", "02"],
    );
  });

  it("leave out those of an earlier Service of the same name", () => {
    assert.deepEqual(warningFacts([event({ involvedObject: { uid: "uid-0" } })], "uid-1"), []);
  });

  it("are counted by the event, or by its series, and have the time of the last one", () => {
    const counted = event({ count: 7, firstTimestamp: "2026-11-24T03:00:00Z" });
    const series = event({
      lastTimestamp: undefined,
      eventTime: "2026-11-24T03:00:00.000000Z",
      series: { count: 4, lastObservedTime: "2026-11-24T03:41:00.000000Z" },
    });
    assert.deepEqual(
      warningFacts([counted, series], "uid-1").map(({ times, last }) => [times, last]),
      [
        [4, "2026-11-24T03:41:00.000Z"],
        [7, "2026-11-24T03:40:12.000Z"],
      ],
    );
  });

  it("are on one line, whatever the controller wrote", () => {
    const [warning] = warningFacts([event({ message: "one\n\ttwo\n", lastTimestamp: undefined })], "uid-1");
    assert.deepEqual([warning?.message, warning?.times, warning?.last], ["one two", 1, ""]);
  });
});
