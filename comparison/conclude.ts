/** From facts, questions and requests to the result, with what the project knows besides: statements, life cycle, cost. */
import { predict } from "./controller/predict.ts";
import { costOf } from "./cost/cost.ts";
import { compare } from "./difference/compare.ts";
import { sidesOf } from "./difference/sides.ts";
import type { Facts } from "./facts/sources.ts";
import { lifeCycle } from "./lifeCycle/table.ts";
import { pictureOf } from "./picture/pictureOf.ts";
import type { BySide, Probes } from "./probes/probes.ts";
import type { Comparison, TrafficReport } from "./report/comparison.ts";
import { statementsOf } from "./statements/statements.ts";

export interface Findings {
  readonly facts: Facts;
  readonly probes: Probes;
  /** Undefined where no requests were sent. */
  readonly traffic: BySide<TrafficReport | undefined>;
  /** What this run cannot show, a sentence each. */
  readonly limits: readonly string[];
  readonly made: Date;
}

export function conclude({ facts, probes, traffic, limits, made }: Findings): Comparison {
  const { left, right } = sidesOf(facts.left, facts.right);
  const titles = { left: left.title, right: right.title };
  return compare(facts, {
    predict,
    made: made.toISOString(),
    traffic: [traffic.left, traffic.right].filter((report) => report !== undefined),
    statements: statementsOf({ facts, probes, titles, traffic }),
    lifeCycle: [...lifeCycle],
    cost: costOf(facts),
    picture: pictureOf(facts),
    limits: [...limits],
  });
}
