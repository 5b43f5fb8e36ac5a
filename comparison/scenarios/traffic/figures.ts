/** From samples to figures. */
import type { Sample } from "../../traffic/load.ts";

/** Every pod that a Service has had while samples were taken, with its node. */
export type NodeOfPod = ReadonlyMap<string, string>;

export interface Figures {
  readonly sent: number;
  readonly answered: number;
  /** An answer of another Service's pod counts as lost. */
  readonly lost: number;
  /** Reasons of losses, and how often each occurred. */
  readonly losses: ReadonlyMap<string, number>;
  /** The longest time between two successive answers, from the first request to the last: seconds. */
  readonly longestGapSeconds: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
  readonly byPod: ReadonlyMap<string, number>;
  readonly byNode: ReadonlyMap<string, number>;
  /** By the load balancer's address that was asked, and so by its zone. */
  readonly byAddress: ReadonlyMap<string, number>;
}

/** Samples in which an answer counts only if a pod of the Service gave it. */
export function ofService(samples: readonly Sample[], nodeOfPod: NodeOfPod): Sample[] {
  return samples.map((sample) =>
    sample.outcome.kind === "answered" && !nodeOfPod.has(sample.outcome.pod)
      ? { ...sample, outcome: { kind: "lost", reason: "answered by somebody else's pod" } }
      : sample,
  );
}

export function figuresOf(taken: readonly Sample[], nodeOfPod: NodeOfPod): Figures {
  const samples = ofService(taken, nodeOfPod);
  const outcomes = samples.map(({ outcome }) => outcome);
  const pods = outcomes.filter((outcome) => outcome.kind === "answered").map(({ pod }) => pod);
  const reasons = outcomes.filter((outcome) => outcome.kind === "lost").map(({ reason }) => reason);
  const good = samples.filter(({ outcome }) => outcome.kind !== "lost");
  const durations = good.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    sent: samples.length,
    answered: good.length,
    lost: reasons.length,
    losses: counts(reasons),
    longestGapSeconds: longestGap(samples, good) / 1000,
    p50Milliseconds: percentile(durations, 0.5),
    p99Milliseconds: percentile(durations, 0.99),
    byPod: counts(pods),
    byNode: counts(pods.map((pod) => nodeOfPod.get(pod)).filter((node) => node !== undefined)),
    byAddress: counts(good.map(({ address }) => address ?? "no address")),
  };
}

/** @returns the share of requests that were answered, in percent; not a number if none was sent */
export function answeredPercent({ sent, answered }: Pick<Figures, "sent" | "answered">): number {
  return sent === 0 ? Number.NaN : (100 * answered) / sent;
}

/** What a share or a count of losses leaves out: how many were sent, why some were lost, how long answers took, and who answered. */
export function inWords({
  sent,
  losses,
  answered,
  p50Milliseconds,
  p99Milliseconds,
  byNode,
}: Figures): string {
  const reasons = [...losses].map(([reason, times]) => `${times} lost: ${reason}`);
  const nodes = [...byNode].map(([node, times]) => `${node} ${times}`);
  const times = `p50 ${p50Milliseconds.toFixed(1)} ms, p99 ${p99Milliseconds.toFixed(1)} ms`;
  return [
    `${sent} sent`,
    ...reasons,
    ...(answered === 0 ? [] : [times]),
    ...(nodes.length === 0 ? [] : [`answers by ${nodes.join(", ")}`]),
  ].join("; ");
}

/** Client addresses that pods saw. */
export function clientAddressesOf(samples: readonly Sample[]): string[] {
  const seen = samples.flatMap(({ outcome }) => (outcome.kind === "answered" ? [outcome.clientAddress] : []));
  return [...new Set(seen)].sort();
}

/**
 * How much the longest interval between two requests of one load exceeds the shortest: seconds. A load sends each request when it is due, so if this is long, the client
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
  const begin = sent.reduce((one, other) => Math.min(one, other));
  const end = [...sent, ...arrived].reduce((one, other) => Math.max(one, other));
  const times = [begin, ...arrived, end];
  // Not Math.max of all: the stack has no room for as many arguments as a long run has requests.
  return times.reduce((gap, time, index) => Math.max(gap, time - (times[index - 1] ?? time)), 0);
}

/** Of sorted numbers; not a number if there are none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function counts(words: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
