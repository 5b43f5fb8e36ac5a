import assert from "node:assert/strict";
import { timelinesOf } from "../../../../../comparison/scenarios/traffic/timelines.ts";
import type { Line } from "../../../../../comparison/scenarios/traffic/timelines.ts";
import { answered, lost } from "../samples.ts";
import { every, loaded, unmeasured } from "../trial.ts";

const sent = (from: number) =>
  every(100, from, from + 10_000).map((at) =>
    at < from + 5000 || at >= from + 6000 ? answered("http", at) : lost("http", at),
  );

/** The right side is changed a minute after the left one. */
const measured = { left: loaded({ at: 5000 }, sent(0)), right: loaded({ at: 65_000 }, sent(60_000)) };

const line: Line<{ at: number }> = {
  title: "new connections",
  load: "http",
  answeredBy: "pod",
  zero: ({ at }) => at,
  events: ({ at }) => [{ at, title: "changed" }],
};

describe("the timelines of what loads met", () => {
  it("begin on both sides at the same moment before the change, though that was not at the same time", () => {
    const [timeline] = timelinesOf(measured, [line]);
    assert.ok(timeline !== undefined);
    assert.deepEqual(timeline.left, timeline.right);
    assert.deepEqual(timeline.left.events, [{ seconds: 5, title: "changed" }]);
    assert.equal(
      timeline.left.bins.reduce((sum, bin) => sum + bin.lost, 0),
      10,
    );
  });

  it("are of a part of the load if a span says so", () => {
    const [timeline] = timelinesOf(measured, [
      { ...line, span: ({ at }) => ({ from: at - 1000, to: at + 2000 }) },
    ]);
    assert.equal(
      timeline?.right.bins.reduce((sum, bin) => sum + bin.sent, 0),
      30,
    );
    assert.deepEqual(timeline.right.events, [{ seconds: 1, title: "changed" }]);
  });

  it("leave out loads that neither side sent", () => {
    assert.deepEqual(timelinesOf(measured, [{ ...line, load: "tcp" }]), []);
    assert.deepEqual(timelinesOf(unmeasured, [line]), []);
  });

  it("keep one side's if the other was not measured", () => {
    const [timeline] = timelinesOf({ left: measured.left, right: unmeasured.right }, [line]);
    assert.deepEqual(timeline?.right, { bins: [], events: [] });
    assert.notEqual(timeline.left.bins.length, 0);
  });
});
