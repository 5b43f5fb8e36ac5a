/** Losses over time as one line of characters for each side, where something was lost and there is room. */
import { sides } from "../../result/bySide.ts";
import type { BySide, Side } from "../../result/bySide.ts";
import type { Timeline, TimelineSide } from "../../result/scenarioSchema.ts";
import { hasLoss, joined, lossOf, rounded } from "../timeline.ts";

const blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/** Explains the characters. */
export const timelineMeaning =
  "Over time, from left to right: · all answered, ▁ few lost, █ all lost, blank where nothing was sent.";

/** Fewer characters show nothing. */
const fewestCharacters = 15;

/** @returns a heading and one line for each side, none longer than the room; empty if nothing was lost, or without enough room */
export function timelineText(timeline: Timeline, titles: BySide<string>, room: number): string {
  const losses = { left: lossOf(timeline.left), right: lossOf(timeline.right) };
  const titleWidth = Math.max(titles.left.length, titles.right.length);
  const lossWidth = Math.max(losses.left.length, losses.right.length);
  const characters = room - titleWidth - lossWidth - 4;
  if (!hasLoss(timeline) || characters < fewestCharacters) return "";
  const bins = Math.max(timeline.left.bins.length, timeline.right.bins.length);
  const factor = Math.ceil(bins / characters);
  const line = (side: Side): string =>
    [
      titles[side].padEnd(titleWidth),
      lineOf(timeline[side], factor).padEnd(Math.ceil(bins / factor)),
      losses[side],
    ].join("  ");
  const seconds = rounded(timeline.binSeconds * factor);
  return [`${timeline.title}, ${seconds} s per character:`, ...sides.map(line)].join("\n");
}

function lineOf({ bins }: TimelineSide, factor: number): string {
  return joined(bins, factor)
    .map(({ sent, lost }) => {
      if (sent === 0) return " ";
      return lost === 0 ? "·" : (blocks[Math.ceil((lost / sent) * blocks.length) - 1] ?? "█");
    })
    .join("");
}
