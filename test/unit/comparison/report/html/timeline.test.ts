import assert from "node:assert/strict";
import { timelineFigure } from "../../../../../comparison/report/html/timeline.ts";
import { inWords } from "../../../../../comparison/report/timeline.ts";
import type { Timeline } from "../../../../../comparison/result/scenarioSchema.ts";
import { scenarios } from "../example/scenarios.ts";

const [connections, keepAlive] = scenarios.flatMap(({ timelines = [] }) => timelines) as [Timeline, Timeline];
const titles = { left: "NodePort + own NLB", right: "LoadBalancer" };
const drawn = (timeline: Timeline): string => timelineFigure(timeline, titles, "timeline-1").text;
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Position and size of each rectangle of a class. */
function rects(svg: string, name: string) {
  const pattern = new RegExp(
    `<rect class="${name}" x="([\\d.]+)%" width="([\\d.]+)%" y="([\\d.]+)" height="([\\d.]+)"`,
    "g",
  );
  return [...svg.matchAll(pattern)].map((match) => {
    const [x = NaN, width = NaN, y = NaN, height = NaN] = match.slice(1).map(Number);
    return { x, width, y, height };
  });
}

describe("the drawing of requests over time", () => {
  const svg = drawn(connections);

  it("has a bar for each bin with answers, and one for each with losses", () => {
    assert.equal(rects(svg, "answered").length, 80);
    assert.equal(rects(svg, "lost").length, 5);
  });

  it("draws lost requests below the line and answered ones above it", () => {
    const [base = NaN] = [...svg.matchAll(/<line class="base"[^>]* y1="([\d.]+)"/g)].map(([, y]) =>
      Number(y),
    );
    const lost = rects(svg, "lost").slice(0, 3);
    assert(lost.every(({ y }) => y === base));
    assert(
      rects(svg, "answered")
        .slice(0, 40)
        .every(({ y, height }) => y + height <= base),
    );
    assert.deepEqual(
      lost.map(({ height }) => height),
      [5.6, 11.2, 5.6],
    );
  });

  it("draws both sides on the same time axis, within the width of the drawing", () => {
    const all = rects(svg, "answered");
    const [left, right] = [all.slice(0, 40), all.slice(40)];
    assert.deepEqual(
      left.map(({ x }) => x),
      right.map(({ x }) => x),
    );
    assert(left.every(({ x, width }) => x >= 20 && x + width <= 100));
    assert(left.every(({ x }, index) => index === 0 || x > (left[index - 1]?.x ?? NaN)));
  });

  it("has a lane for each pod that answered, and marks events", () => {
    for (const pod of ["22f45", "75lmm", "rvq28", "x7c2p", "9srrg", "8vw4d"])
      assert(svg.includes(`>pod ${pod}</text`), pod);
    assert.equal(count(svg, />pod killed<\/text\s*>/g), 2);
    assert(rects(svg, "lane").length > 80);
  });

  it("has a title and a description for people who do not see it", () => {
    assert.match(svg, /role="img" aria-labelledby="timeline-1" aria-describedby="timeline-1-words"/);
    assert.match(svg, /<title id="timeline-1">new connections, over time<\/title>/);
    assert(svg.includes(`<desc id="timeline-1-words">${inWords(connections, titles)}</desc>`));
  });

  it("says that a side was not measured", () => {
    const half = drawn(keepAlive);
    assert.equal(rects(half, "answered").length, 40);
    assert.match(half, />LoadBalancer: not measured<\/text\s*>/);
    const none = { ...keepAlive, left: { bins: [], events: [] } };
    assert.doesNotMatch(drawn(none), /NaN|Infinity|<rect/);
  });

  it("escapes every text", () => {
    const event = { seconds: 1, title: "<b>" };
    const hostile = { ...connections, title: "<i>", left: { ...connections.left, events: [event] } };
    assert.doesNotMatch(drawn(hostile), /<[bi]>/);
  });

  it("keeps an event after the last request within the drawing", () => {
    const late = { ...connections.left, events: [{ seconds: 99, title: "stopped" }] };
    assert.match(drawn({ ...connections, left: late }), /<line class="event" x1="99\.5%"/);
  });
});
