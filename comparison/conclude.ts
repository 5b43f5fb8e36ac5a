/** From facts, questions and requests to the result, with what the project knows besides: statements, life cycle, cost. */
import { predict } from "./clouds/aws/cloudControllerManager/predict.ts";
import { costOf } from "./clouds/aws/cost/cost.ts";
import { compare } from "./difference/compare.ts";
import { lifeCycleOf } from "./difference/lifeCycle.ts";
import { sidesOf } from "./difference/sides.ts";
import type { Facts } from "./model/exposure.ts";
import { factsIn } from "./model/sourceResult.ts";
import type { SourceResult } from "./model/sourceResult.ts";
import { lifeCycle } from "./clouds/aws/lifeCycle.ts";
import { pictureOf } from "./picture/pictureOf.ts";
import type { Probes } from "./probes/probes.ts";
import type { BySide } from "./result/bySide.ts";
import type { ScenarioResult } from "./result/scenarioSchema.ts";
import type { Comparison, TrafficReport } from "./result/comparison.ts";
import { statementsOf } from "./statements/statements.ts";

export interface Findings {
  readonly facts: Facts;
  readonly probes: Probes;
  readonly traffic: BySide<SourceResult<TrafficReport>>;
  /** What this run went through besides. @default nothing */
  readonly scenarios?: readonly ScenarioResult[];
  /** What this run cannot show, a sentence each. */
  readonly limits: readonly string[];
  readonly made: Date;
}

export function conclude({ facts, probes, traffic, scenarios = [], limits, made }: Findings): Comparison {
  const { left, right } = sidesOf(facts.left, facts.right);
  const titles = { left: left.title, right: right.title };
  const reports = { left: factsIn(traffic.left), right: factsIn(traffic.right) };
  return compare(facts, {
    predict,
    made: made.toISOString(),
    traffic: [reports.left, reports.right].filter((report) => report !== undefined),
    scenarios: [...scenarios],
    silent: [
      ...silence("left", traffic.left),
      ...silence("right", traffic.right),
      ...scenarios.flatMap(silenceOf),
    ],
    statements: statementsOf({ facts, probes, titles, traffic: reports, scenarios }),
    lifeCycle: lifeCycleOf(facts, lifeCycle),
    cost: costOf(facts),
    picture: pictureOf(facts),
    limits: [notLookedAt, ...limits],
  });
}

/** What would decide over traffic too, and is in no facts yet. */
const notLookedAt =
  "Not looked at: what a load balancer's own security groups let out, weights between target groups, certificates beyond a listener's first, and IPv6.";

/** Requests are asked for too: where nobody could send them, nothing can be concluded. */
function silence(side: "left" | "right", said: SourceResult<TrafficReport>): Comparison["sources"] {
  if (said.kind !== "unreachable") return [];
  return [{ source: "requests", side, outcome: said.kind, reason: said.reason }];
}

/** What a scenario could not measure is not known to be alike. */
function silenceOf({ title, failure, findings }: ScenarioResult): Comparison["sources"] {
  const unreachable = findings.flatMap(({ left, right }) =>
    [left, right].filter(({ kind }) => kind === "unreachable").map(({ text }) => text),
  );
  return [...new Set([...(failure === null ? [] : [failure]), ...unreachable])].map((reason) => ({
    source: `scenario "${title}"`,
    side: "both",
    outcome: "unreachable",
    reason,
  }));
}
