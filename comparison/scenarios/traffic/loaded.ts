/** What loads met while something happened, load by load and span by span. */
import type { BySide } from "../../result/bySide.ts";
import { andThen, measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { mapBySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { answeredPercent, figuresOf, inWords, longestPauseSeconds } from "./figures.ts";
import type { Figures, NodeOfPod } from "./figures.ts";
import type { Sample } from "../../traffic/load.ts";
import { lastLossSeconds } from "./moments.ts";

/** What happened on one side, and what its loads met before, during and after it. */
export interface Loaded<T> {
  readonly happened: T;
  readonly samples: readonly Sample[];
  readonly nodeOfPod: NodeOfPod;
}

/** The same, with what the API server told of the pods. */
export interface Watched<T> extends Loaded<T> {
  /** When it listed each pod for the last time, in milliseconds since the epoch. */
  readonly lastListed: ReadonlyMap<string, number>;
}

type Traffic = Omit<Loaded<unknown>, "happened">;

/** When samples were sent, in milliseconds since the epoch: at or after `from`, before `to`. */
export interface Span {
  readonly from?: number;
  readonly to?: number;
}

/** What one load met: all of it, or what it sent in a span. */
export function samplesOf(
  { samples }: Pick<Traffic, "samples">,
  load: string,
  { from = -Infinity, to = Infinity }: Span = {},
): Sample[] {
  return samples.filter(({ load: of, at }) => of === load && at >= from && at < to);
}

/** The same, unless nothing was sent: then it means nothing that none was lost. */
export function sentBy(traffic: Pick<Traffic, "samples">, load: string, span?: Span): Outcome<Sample[]> {
  const samples = samplesOf(traffic, load, span);
  return samples.length === 0
    ? { kind: "unreachable", reason: `nothing was sent then (${load})`, again: true }
    : measured(samples);
}

export function figuresFor(traffic: Traffic, load: string, span?: Span): Outcome<Figures> {
  return andThen(sentBy(traffic, load, span), (samples) => measured(figuresOf(samples, traffic.nodeOfPod)));
}

/** When the last lost request of a span was sent: seconds since `since`, which is in milliseconds since the epoch; 0 if none was lost. */
export function lastLossFor(traffic: Traffic, load: string, since: number, span?: Span): Outcome<number> {
  return andThen(sentBy(traffic, load, span), (samples) =>
    measured(lastLossSeconds(samples, since), inWords(figuresOf(samples, traffic.nodeOfPod))),
  );
}

/** Figures, unless the client itself stood still in the span or close to it. */
export function figuresUnlessStill(traffic: Traffic, load: string, span: Required<Span>): Outcome<Figures> {
  const around = timing.longestPauseSeconds * 1000;
  const near = samplesOf(traffic, load, { from: span.from - around, to: span.to + around });
  return andThen(figuresFor(traffic, load, span), (figures) => unlessStill(near, figures));
}

export function unlessStill<T>(samples: readonly Sample[], value: T): Outcome<T> {
  const pause = longestPauseSeconds(samples);
  return pause > timing.longestPauseSeconds
    ? { kind: "unreachable", reason: tooBusy(pause), again: true }
    : measured(value);
}

const tooBusy = (pause: number): string =>
  `the client itself stood still for ${pause.toFixed(1)} s: this machine is too busy to tell what was lost`;

/** How many were answered, in percent, with what that leaves out. */
export const answeredShare = (figures: Figures): Outcome<number> =>
  measured(answeredPercent(figures), inWords(figures));

/** One of each side's figures, with the others as detail. */
export function figure(
  figures: BySide<Outcome<Figures>>,
  one: (figures: Figures) => number,
): BySide<Outcome<number>> {
  return mapBySide(figures, (all) => measured(one(all), inWords(all)));
}

/** The same of one load. */
export function figureOf<T>(
  loaded: BySide<Outcome<Loaded<T>>>,
  load: string,
  one: (figures: Figures) => number,
  span?: (happened: T) => Span,
): BySide<Outcome<number>> {
  return figure(
    mapBySide(loaded, (of) => figuresFor(of, load, span?.(of.happened))),
    one,
  );
}
