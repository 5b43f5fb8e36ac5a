/** What the starts' times come to. */
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
  /** Against the first contender's. */
  readonly apiServerRatio: Ratio;
  readonly readyRatio: Ratio;
}

/** @param times by contender, a round each; the first contender is what the others are held against */
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
      { title: "against the first", align: right },
      { title: "everything ready, s", align: right },
      { title: "against the first", align: right },
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
