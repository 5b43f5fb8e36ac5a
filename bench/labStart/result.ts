/** The results of the lab's start. */
import { ratioWords, spreadWords } from "../numbers.ts";
import { ratio, spread } from "../statistics.ts";
import type { Ratio, Spread } from "../statistics.ts";
import { table } from "../table.ts";
import type { StartTimes } from "./enclosed.ts";

export interface StartResult {
  readonly name: string;
  /** Seconds until the API server was ready, and until everything was. */
  readonly apiServer: Spread;
  readonly ready: Spread;
  /** Relative to the first contender. */
  readonly apiServerRatio: Ratio;
  readonly readyRatio: Ratio;
}

/** @param times one for each round, by contender; the others are compared with the first contender */
export function startResults(times: ReadonlyMap<string, readonly StartTimes[]>): StartResult[] {
  const of = (rounds: readonly StartTimes[], key: keyof StartTimes): number[] =>
    rounds.map((round) => round[key]);
  const [first = []] = times.values();
  return [...times].map(([name, rounds]) => ({
    name,
    apiServer: spread(of(rounds, "apiServer")),
    ready: spread(of(rounds, "ready")),
    apiServerRatio: ratio(of(rounds, "apiServer"), of(first, "apiServer")),
    readyRatio: ratio(of(rounds, "ready"), of(first, "ready")),
  }));
}

export function startReport(results: readonly StartResult[]): string {
  const right = "right" as const;
  return table(
    [
      { title: "what is started" },
      { title: "API server ready, s", align: right },
      { title: "relative to the first", align: right },
      { title: "everything ready, s", align: right },
      { title: "relative to the first", align: right },
    ],
    results.map(({ name, apiServer, apiServerRatio, ready, readyRatio }) => [
      name,
      spreadWords(apiServer),
      ratioWords(apiServerRatio),
      spreadWords(ready),
      ratioWords(readyRatio),
    ]),
  );
}
