/** Timelines of what loads met while something happened. */
import type { BySide, Side } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import type { Outcome } from "../outcome.ts";
import { samplesOf } from "./loaded.ts";
import type { Loaded, Span } from "./loaded.ts";
import { timelineOf } from "./timeline.ts";
import type { TimelineEvent, TimelineSource } from "./timeline.ts";

/** One timeline, made of one load of each side. */
export interface Line<T> {
  readonly title: string;
  readonly load: string;
  readonly answeredBy: Timeline["answeredBy"];
  /** Part of the load. @default all of it */
  readonly span?: (happened: T) => Span;
  /** A moment that is the same on both sides, where something happened to one after the other. In milliseconds since the epoch. @default the clock's */
  readonly zero?: (happened: T) => number;
  /** What was done to a side. */
  readonly events: (happened: T, side: Side) => readonly TimelineEvent[];
}

/** Leaves out those that neither side has samples for. */
export function timelinesOf<T>(loaded: BySide<Outcome<Loaded<T>>>, lines: readonly Line<T>[]): Timeline[] {
  return lines.flatMap(({ title, answeredBy, ...line }) => {
    const sources = { left: sourceOf(loaded, "left", line), right: sourceOf(loaded, "right", line) };
    const isEmpty = [sources.left, sources.right].every((source) => (source?.samples ?? []).length === 0);
    return isEmpty ? [] : [timelineOf({ title, answeredBy }, sources)];
  });
}

function sourceOf<T>(
  loaded: BySide<Outcome<Loaded<T>>>,
  side: Side,
  { load, span, zero, events }: Omit<Line<T>, "title" | "answeredBy">,
): TimelineSource | undefined {
  const outcome = loaded[side];
  if (outcome.kind !== "measured") return undefined;
  const { happened, nodeOfPod } = outcome.value;
  const begin = zero?.(happened) ?? 0;
  const shifted = <E extends { readonly at: number }>(list: readonly E[]): E[] =>
    list.map((each) => ({ ...each, at: each.at - begin }));
  return {
    samples: shifted(samplesOf(outcome.value, load, span?.(happened))),
    nodeOfPod,
    events: shifted(events(happened, side)),
  };
}
