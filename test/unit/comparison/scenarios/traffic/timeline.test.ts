import assert from "node:assert/strict";
import { timelineOf } from "../../../../../comparison/scenarios/traffic/timeline.ts";
import type { TimelineSource } from "../../../../../comparison/scenarios/traffic/timeline.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { answered, lost } from "../samples.ts";

const nodeOfPod = new Map([
  ["pod-1", "node-a"],
  ["pod-2", "node-a"],
]);
const source = (samples: readonly Sample[]): TimelineSource => ({ samples, nodeOfPod, events: [] });
const named = { title: "new connections", answeredBy: "pod" } as const;
const none = { sent: 0, lost: 0, answers: {} };

describe("requests over time", () => {
  it("counts per bin what was sent, what was lost and who answered", () => {
    const samples = [
      answered("new", 1000),
      answered("new", 1050, "pod-2"),
      lost("new", 1099),
      answered("new", 1250),
    ];
    const { binSeconds, left } = timelineOf(named, { left: source(samples), right: undefined });
    assert.equal(binSeconds, 0.1);
    assert.deepEqual(left.bins, [
      { sent: 3, lost: 1, answers: { "pod-1": 1, "pod-2": 1 } },
      none,
      { sent: 1, lost: 0, answers: { "pod-1": 1 } },
    ]);
  });

  it("begins on both sides at the first request of either, and ends with the last", () => {
    const early = source([answered("new", 1000), answered("new", 1100)]);
    const late = source([answered("new", 1120), answered("new", 1310)]);
    const { left, right } = timelineOf(named, { left: early, right: late });
    assert.deepEqual(
      left.bins.map(({ sent }) => sent),
      [1, 1, 0, 0],
    );
    assert.deepEqual(
      right.bins.map(({ sent }) => sent),
      [0, 1, 0, 1],
    );
  });

  it("has the events of each side, in seconds since the first bin began", () => {
    const events = [{ at: 1456.7, title: "pod killed" }];
    const left = { ...source([answered("new", 1000), answered("new", 2000)]), events };
    assert.deepEqual(timelineOf(named, { left, right: undefined }).left.events, [
      { seconds: 0.46, title: "pod killed" },
    ]);
  });

  it("counts answers by node if asked to", () => {
    const samples = [
      answered("new", 1000),
      answered("new", 1001, "pod-2"),
      answered("new", 1002, "stranger"),
    ];
    const { left } = timelineOf(
      { ...named, answeredBy: "node" },
      { left: source(samples), right: undefined },
    );
    assert.deepEqual(left.bins[0]?.answers, { "node-a": 2, unknown: 1 });
  });

  it("names no pod for a connection that asks for no name", () => {
    const connected: Sample = { load: "tcp", at: 1000, milliseconds: 1, outcome: { kind: "connected" } };
    const { left } = timelineOf(named, { left: source([connected]), right: undefined });
    assert.deepEqual(left.bins, [{ sent: 1, lost: 0, answers: {} }]);
  });

  describe("bins", () => {
    /** The length of bins of a load of so many requests a second. */
    const binSeconds = (seconds: number, perSecond: number): number => {
      const samples = Array.from({ length: seconds * perSecond + 1 }, (_, index) =>
        answered("new", (1000 * index) / perSecond),
      );
      return timelineOf(named, { left: source(samples), right: undefined }).binSeconds;
    };

    it("are longer for a longer load, of a round length, and at most 60", () => {
      assert.equal(binSeconds(5, 100), 0.1);
      assert.equal(binSeconds(6, 100), 0.2);
      assert.equal(binSeconds(100, 10), 2);
      assert.equal(binSeconds(36_000, 1), 600);
    });

    it("are longer where few requests are sent, so that each has some, but at least 20", () => {
      assert.equal(binSeconds(10, 15), 0.2);
      assert.equal(binSeconds(10, 10), 0.5);
      assert.equal(binSeconds(30, 5), 1);
      assert.equal(binSeconds(30, 1), 1);
    });
  });

  it("is empty for a side that was not measured, and for both if nothing was sent", () => {
    const { left, right } = timelineOf(named, { left: undefined, right: source([answered("new", 1000)]) });
    assert.deepEqual(left, { bins: [], events: [] });
    assert.equal(right.bins.length, 1);
    assert.deepEqual(timelineOf(named, { left: source([]), right: source([]) }).left, {
      bins: [],
      events: [],
    });
  });
});
