/** Samples over time: what a load sent, what was lost and who answered, in bins of equal length. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline, TimelineSide } from "../../result/scenarioSchema.ts";
import type { NodeOfPod } from "./figures.ts";
import type { Sample } from "../../traffic/load.ts";

/** What one load met on one side, and what was done to that side meanwhile. */
export interface TimelineSource {
  /** Samples of one load; an answer of a pod that is not in `nodeOfPod` has been counted as lost, see `ofService`. */
  readonly samples: readonly Sample[];
  readonly nodeOfPod: NodeOfPod;
  readonly events: readonly TimelineEvent[];
}

export interface TimelineEvent {
  /** In milliseconds since the epoch, by the clock of the samples. */
  readonly at: number;
  readonly title: string;
}

/** @param sources undefined for a side that was not measured */
export function timelineOf(
  { title, answeredBy }: Pick<Timeline, "title" | "answeredBy">,
  { left, right }: BySide<TimelineSource | undefined>,
): Timeline {
  const sent = [left, right].flatMap((source) => source?.samples ?? []).map(({ at }) => at);
  const begin = sent.reduce((first, at) => Math.min(first, at), Infinity);
  const end = sent.reduce((last, at) => Math.max(last, at), begin);
  const requests = Math.max(left?.samples.length ?? 0, right?.samples.length ?? 0);
  const binSeconds = binLength((end - begin) / 1000, requests);
  const binAt = (at: number): number => Math.floor((at - begin) / (binSeconds * 1000));
  const side = (source: TimelineSource | undefined): TimelineSide => {
    if (source === undefined || source.samples.length === 0) return { bins: [], events: [] };
    const bins = Array.from({ length: binAt(end) + 1 }, (): Sample[] => []);
    for (const sample of source.samples) bins[binAt(sample.at)]?.push(sample);
    return {
      bins: bins.map((samples) => binOf(samples, answeredBy, source.nodeOfPod)),
      events: source.events.map(({ at, title: what }) => ({
        seconds: hundredths((at - begin) / 1000),
        title: what,
      })),
    };
  };
  return { title, binSeconds, answeredBy, left: side(left), right: side(right) };
}

/** More cannot be told apart on a screen. */
const mostBins = 60;
/** Fewer do not show when something happened. */
const fewestBins = 20;
/** In a bin with fewer requests, most pods do not answer by chance alone. */
const fewestRequests = 3;

/** Round lengths, in seconds, for a load of any length that a scenario sends. */
const lengths = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60];

function binLength(seconds: number, requests: number): number {
  const possible = lengths.filter((length) => seconds / length < mostBins);
  const fine = possible.filter((length, index) => index === 0 || seconds / length >= fewestBins);
  const full = fine.find((length) => (requests * length) / seconds >= fewestRequests);
  return full ?? fine.at(-1) ?? Math.ceil(seconds / mostBins);
}

function binOf(
  samples: readonly Sample[],
  answeredBy: Timeline["answeredBy"],
  nodeOfPod: NodeOfPod,
): TimelineSide["bins"][number] {
  const answers: Record<string, number> = {};
  for (const { outcome } of samples) {
    if (outcome.kind !== "answered") continue;
    const name = answeredBy === "pod" ? outcome.pod : (nodeOfPod.get(outcome.pod) ?? "unknown");
    answers[name] = (answers[name] ?? 0) + 1;
  }
  const lost = samples.filter(({ outcome }) => outcome.kind === "lost").length;
  return { sent: samples.length, lost, answers };
}

function hundredths(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
