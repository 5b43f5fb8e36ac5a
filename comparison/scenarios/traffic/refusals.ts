/** Requests that were refused at once, and not left to time out. */
import { percentile } from "./figures.ts";
import type { Sample } from "../../traffic/load.ts";

export interface Refusals {
  /** Share of all requests; 0 if none was sent. */
  readonly percent: number;
  /** How long they took; not a number if there are none. */
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
}

/** What a client's kernel says of a reset, and of an ICMP message that the port is unreachable. */
const refusing: readonly string[] = ["ECONNREFUSED", "ECONNRESET"];

export function refusalsAmong(samples: readonly Sample[]): Refusals {
  const durations = samples
    .filter(({ outcome }) => outcome.kind === "lost" && refusing.includes(outcome.reason))
    .map(({ milliseconds }) => milliseconds)
    .sort((a, b) => a - b);
  return {
    percent: samples.length === 0 ? 0 : (100 * durations.length) / samples.length,
    p50Milliseconds: percentile(durations, 0.5),
    p99Milliseconds: percentile(durations, 0.99),
  };
}
