/**
 * Requests over time as SVG, one side below the other: answered ones above a line, lost ones below it, and a lane for each pod or node that answered.
 * Places along the time are percentages, so that the drawing is as wide as its page and its text keeps its size.
 */
import { scaleLinear } from "d3-scale";
import type { BySide, Side } from "../../result/bySide.ts";
import type { Timeline, TimelineSide } from "../../result/scenarioSchema.ts";
import { answerersOf, inWords, lossOf } from "../timeline.ts";
import { html } from "./template.ts";
import type { Markup } from "./template.ts";

/** In percent of the width: names stand left of it. */
const plotBegin = 20;
const plotEnd = 99.5;

/** In pixels. */
const line = 16;
const bar = 28;
const lane = 14;
const betweenSides = 12;

interface Scales {
  /** Seconds to percent of the width. */
  readonly x: (seconds: number) => number;
  /** Requests of a bin to pixels. */
  readonly y: (requests: number) => number;
  readonly binSeconds: number;
}

/** @param id unique in the page */
export function timelineFigure(timeline: Timeline, titles: BySide<string>, id: string): Markup {
  const { title, binSeconds, left, right } = timeline;
  const bins = [...left.bins, ...right.bins];
  const seconds = binSeconds * Math.max(1, left.bins.length, right.bins.length);
  const x = scaleLinear([0, seconds], [plotBegin, plotEnd]);
  const y = scaleLinear([0, Math.max(1, ...bins.map(({ sent }) => sent))], [0, bar]);
  const scales = { x, y, binSeconds };
  const upper = heightOf(timeline, "left");
  const axis = upper + betweenSides + heightOf(timeline, "right") + line;
  return html`<figure class="timeline">
    <figcaption>${title}</figcaption>
    <svg width="100%" height="${axis + 4}" role="img" aria-labelledby="${id}" aria-describedby="${id}-words">
      <title id="${id}">${title}, over time</title>
      <desc id="${id}-words">${inWords(timeline, titles)}</desc>
      ${sideRows(timeline, "left", titles.left, scales)}
      <svg y="${upper + betweenSides}">${sideRows(timeline, "right", titles.right, scales)}</svg>
      ${x
        .ticks(6)
        .map(
          (tick) =>
            html`<text
              class="axis"
              x="${percent(x(tick))}"
              y="${axis}"
              text-anchor="${anchorOf(tick, seconds)}"
              >${tick} s</text
            >`,
        )}
    </svg>
  </figure>`;
}

function heightOf(timeline: Timeline, which: Side): number {
  const side = timeline[which];
  if (side.bins.length === 0) return line;
  return (1 + side.events.length) * line + 2 * bar + answerersOf(side, timeline).length * lane;
}

function sideRows(timeline: Timeline, which: Side, title: string, scales: Scales): Markup {
  const side = timeline[which];
  const head = html`<text class="title" x="0" y="12">${title}: ${lossOf(side)}</text>`;
  if (side.bins.length === 0) return head;
  const base = (1 + side.events.length) * line + bar;
  const kind = timeline.answeredBy === "pod" ? "pod " : "";
  const height = heightOf(timeline, which);
  return html`${head}
    <text class="axis" x="0" y="${base - bar / 2 + 4}">answered</text>
    <text class="axis" x="0" y="${base + bar / 2 + 4}">lost</text>
    ${bars(side, base, scales)}
    <line class="base" x1="${percent(plotBegin)}" x2="${percent(plotEnd)}" y1="${base}" y2="${base}" />
    ${answerersOf(side, timeline).map(({ name, label }, index) =>
      laneOf(side, name, `${kind}${label}`, base + bar + index * lane, scales),
    )}
    ${side.events.map((event, index) => eventMark(event, (index + 1) * line, height, scales))}`;
}

function bars({ bins }: TimelineSide, base: number, scales: Scales): Markup[] {
  return bins.flatMap(({ sent, lost }, index) => {
    const [from, width] = extent(index, scales);
    const rect = (name: string, top: number, height: number): Markup =>
      html`<rect class="${name}" x="${from}" width="${width}" y="${top}" height="${height}" />`;
    const up = scales.y(sent - lost);
    // One lost request of many is still seen.
    const down = Math.max(3, scales.y(lost));
    return [
      ...(sent > lost ? [rect("answered", pixels(base - up), pixels(up))] : []),
      ...(lost > 0 ? [rect("lost", base, pixels(down))] : []),
    ];
  });
}

/** When one pod or node answered. */
function laneOf({ bins }: TimelineSide, name: string, label: string, top: number, scales: Scales): Markup {
  const answered = bins.flatMap(({ answers }, index) => ((answers[name] ?? 0) > 0 ? [index] : []));
  return html`<text x="0" y="${top + 11}">${label}</text> ${answered.map((index) => {
      const [from, width] = extent(index, scales);
      return html`<rect class="lane" x="${from}" width="${width}" y="${top + 4}" height="${lane - 6}" />`;
    })}`;
}

function eventMark(
  { seconds, title }: TimelineSide["events"][number],
  top: number,
  bottom: number,
  { x }: Scales,
): Markup {
  const at = Math.min(plotEnd, Math.max(plotBegin, x(seconds)));
  // The label stands on the side where there is room.
  const isLate = at > (plotBegin + plotEnd) / 2;
  return html`<line class="event" x1="${percent(at)}" x2="${percent(at)}" y1="${top}" y2="${bottom}" />
    <text
      class="event"
      x="${percent(at)}"
      y="${top + 11}"
      dx="${isLate ? -4 : 4}"
      text-anchor="${isLate ? "end" : "start"}"
      >${title}</text
    >`;
}

/** Where a bin is and how wide, with a small gap to the next. */
function extent(index: number, { x, binSeconds }: Scales): [string, string] {
  const [from, to] = [x(index * binSeconds), x((index + 1) * binSeconds)];
  return [percent(from), percent((to - from) * 0.88)];
}

/** Labels of the axis stay within the drawing. */
function anchorOf(tick: number, seconds: number): string {
  if (tick === 0) return "start";
  return tick > 0.97 * seconds ? "end" : "middle";
}

function percent(value: number): string {
  return `${pixels(value)}%`;
}

function pixels(value: number): number {
  return Number(value.toFixed(2));
}
