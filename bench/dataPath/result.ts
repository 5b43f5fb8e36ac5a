/** The results of the data path: figures by contender and mode, and whether goals are met. */
import { ratio, spread } from "../statistics.ts";
import type { Ratio, Spread } from "../statistics.ts";
import { goals, isMet, names } from "./goals.ts";
import type { Goal } from "./goals.ts";
import type { ModeFigures } from "./measure.ts";
import type { LoadFigures } from "./wrk.ts";

export interface ContenderResult {
  readonly name: string;
  readonly requestsPerSecond: Spread;
  readonly p50Milliseconds: Spread;
  readonly p99Milliseconds: Spread;
  readonly costMicroseconds: Spread;
  readonly errors: number;
  /** Requests per second, and requests per second of processor time, relative to the NodePort Service's node port. */
  readonly againstNodePort: Ratio;
  readonly perProcessorSecondAgainstNodePort: Ratio;
}

export interface GoalResult extends Goal {
  readonly ratio: Ratio;
  readonly met: boolean;
  /** The same for requests per second of processor time. */
  readonly perProcessorSecond: Ratio;
  readonly metPerProcessorSecond: boolean;
}

export interface ModeResult {
  readonly mode: string;
  readonly contenders: readonly ContenderResult[];
  readonly goals: readonly GoalResult[];
}

export function modeResult(mode: string, figures: ModeFigures, proxies: readonly string[]): ModeResult {
  const rates = (name: string): number[] =>
    (figures.get(name) ?? []).map(({ requestsPerSecond }) => requestsPerSecond);
  const perProcessorSecond = (name: string): number[] =>
    (figures.get(name) ?? []).map(({ costMicroseconds }) => 1e6 / costMicroseconds);
  const contenders = [...figures].map(([name, rounds]): ContenderResult => {
    const of = (key: keyof LoadFigures): Spread => spread(rounds.map((round) => round[key]));
    return {
      name,
      requestsPerSecond: of("requestsPerSecond"),
      p50Milliseconds: of("p50Milliseconds"),
      p99Milliseconds: of("p99Milliseconds"),
      costMicroseconds: of("costMicroseconds"),
      errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
      againstNodePort: ratio(rates(name), rates(names.ownDirect)),
      perProcessorSecondAgainstNodePort: ratio(perProcessorSecond(name), perProcessorSecond(names.ownDirect)),
    };
  });
  return {
    mode,
    contenders,
    goals: goals(proxies).map((goal) => {
      const reached = ratio(rates(goal.of), rates(goal.against));
      const byCost = ratio(perProcessorSecond(goal.of), perProcessorSecond(goal.against));
      return {
        ...goal,
        ratio: reached,
        met: isMet(goal, reached),
        perProcessorSecond: byCost,
        metPerProcessorSecond: isMet(goal, byCost),
      };
    }),
  };
}
