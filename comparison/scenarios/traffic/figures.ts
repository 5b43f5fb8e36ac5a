/** From samples to figures. */
import type { Sample } from "./load.ts";

export interface Figures {
  readonly sent: number;
  readonly answered: number;
  /** Answers of pods that are not the Service's. */
  readonly wrong: number;
  readonly lost: number;
  /** Reasons of losses, and how often each came. */
  readonly losses: ReadonlyMap<string, number>;
  /** Seconds between two answers that followed one another, the longest; from the first request on, and to the last. */
  readonly longestGapSeconds: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
  readonly byPod: ReadonlyMap<string, number>;
  readonly byNode: ReadonlyMap<string, number>;
  /** By the load balancer's address that was asked, and so by its zone. */
  readonly byAddress: ReadonlyMap<string, number>;
  readonly clientAddresses: readonly string[];
}

/** @param nodeOfPod every pod that the Service has had while the samples were taken, with its node */
export function figuresOf(samples: readonly Sample[], nodeOfPod: ReadonlyMap<string, string>): Figures {
  const answers = samples.flatMap((sample) =>
    sample.outcome.kind === "answered" ? [{ ...sample, ...sample.outcome }] : [],
  );
  const lost = samples.flatMap(({ at, outcome }) => (outcome.kind === "lost" ? [{ at, ...outcome }] : []));
  const good = samples.filter(({ outcome }) => outcome.kind !== "lost");
  const durations = good.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    sent: samples.length,
    answered: good.length,
    wrong: answers.filter(({ pod }) => !nodeOfPod.has(pod)).length,
    lost: lost.length,
    losses: counts(lost.map(({ reason }) => reason)),
    longestGapSeconds: longestGap(samples, good) / 1000,
    p50Milliseconds: percentile(durations, 0.5),
    p99Milliseconds: percentile(durations, 0.99),
    byPod: counts(answers.map(({ pod }) => pod)),
    byNode: counts(answers.map(({ pod }) => nodeOfPod.get(pod) ?? "unknown node")),
    byAddress: counts(good.map(({ address }) => address ?? "no address")),
    clientAddresses: [...new Set(answers.map(({ clientAddress }) => clientAddress))].sort(),
  };
}

/** @returns the share of requests that were answered, in percent; not a number if none was sent, which says nothing */
export function answeredPercent({ sent, answered, wrong }: Figures): number {
  return sent === 0 ? Number.NaN : (100 * (answered - wrong)) / sent;
}

/**
 * How much longer than the shortest interval between two requests of one load the longest was: seconds. A load starts each when it is due: where this is much, the client
 * itself stood still.
 */
export function longestPauseSeconds(samples: readonly Sample[]): number {
  const intervals = new Map<string, { last: number; shortest: number; longest: number }>();
  for (const { load, at } of [...samples].sort((a, b) => a.at - b.at)) {
    const known = intervals.get(load);
    if (known === undefined) intervals.set(load, { last: at, shortest: Infinity, longest: 0 });
    else {
      const interval = at - known.last;
      known.last = at;
      known.shortest = Math.min(known.shortest, interval);
      known.longest = Math.max(known.longest, interval);
    }
  }
  const pauses = [...intervals.values()].map(({ shortest, longest }) => Math.max(0, longest - shortest));
  return Math.max(0, ...pauses) / 1000;
}

function longestGap(all: readonly Sample[], good: readonly Sample[]): number {
  if (all.length === 0) return 0;
  const sent = all.map(({ at }) => at);
  const arrived = good.map(({ at, milliseconds }) => at + milliseconds).sort((a, b) => a - b);
  const times = [Math.min(...sent), ...arrived, Math.max(...sent, ...arrived)];
  return Math.max(...times.map((time, index) => time - (times[index - 1] ?? time)));
}

/** Of numbers in order; not a number if there are none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function counts(words: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const word of [...words].sort()) found.set(word, (found.get(word) ?? 0) + 1);
  return found;
}
