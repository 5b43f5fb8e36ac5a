/** The load generator wrk: its command line and its output. https://github.com/wg/wrk */
import { loadSeconds } from "./loadTime.ts";

export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Whether connections are reused, or each request has its own. */
  readonly keepAlive: boolean;
}

export interface LoadFigures {
  readonly requestsPerSecond: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
  /** Processor time per request. */
  readonly costMicroseconds: number;
  /** Failed connections, timeouts, and answers other than 2xx and 3xx. */
  readonly errors: number;
}

/** One thread: on a machine with few cores, more threads would only compete with what is measured. */
export function wrkCommand({ url, connections, seconds, keepAlive }: Load): string[] {
  return [
    "wrk",
    "--threads=1",
    `--connections=${connections}`,
    `--duration=${seconds}s`,
    "--timeout=5s",
    "--latency",
    ...(keepAlive ? [] : ["--header", "Connection: close"]),
    url,
  ];
}

const milliseconds: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000 };

/** @param output from wrk 4, with its processor time. @throws with the output if it is not that */
export function parseWrk(output: string): LoadFigures {
  const number = (pattern: RegExp): number => {
    const [, value] = pattern.exec(output) ?? [];
    if (value === undefined) throw new Error(`wrk's output does not match ${pattern.source}:\n${output}`);
    return Number(value);
  };
  const percentile = (percent: number): number => {
    const [, value, unit] =
      new RegExp(`^\\s+${percent}%\\s+([\\d.]+)(us|ms|s|m)\\s*$`, "m").exec(output) ?? [];
    const factor = milliseconds[unit ?? ""];
    if (value === undefined || factor === undefined)
      throw new Error(`wrk's output has no percentile ${percent}:\n${output}`);
    return Number(value) * factor;
  };
  const [, ...socket] =
    /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(output) ?? [];
  const [, refused = 0] = /Non-2xx or 3xx responses: (\d+)/.exec(output) ?? [];
  return {
    requestsPerSecond: number(/^Requests\/sec:\s+([\d.]+)/m),
    p50Milliseconds: percentile(50),
    p99Milliseconds: percentile(99),
    costMicroseconds: (loadSeconds(output) / number(/^\s+(\d+) requests in /m)) * 1e6,
    errors: [...socket, refused].map(Number).reduce((sum, count) => sum + count, 0),
  };
}
