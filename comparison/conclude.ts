/** Builds the result from facts, probes and requests, and adds statements, life cycle and cost. */
import type { Cloud } from "./clouds/cloud.ts";
import { cloudNamed } from "./clouds/index.ts";
import { kubernetesOf } from "./kubernetesOf.ts";
import { judge } from "./difference/compare.ts";
import { comparedOf } from "./difference/compared.ts";
import { lifeCycleOf } from "./difference/lifeCycle.ts";
import type { Facts } from "./model/exposure.ts";
import { factsIn } from "./model/sourceResult.ts";
import type { SourceResult } from "./model/sourceResult.ts";
import { pictureOf } from "./picture/pictureOf.ts";
import type { Probes } from "./probes/probes.ts";
import type { BySide } from "./result/bySide.ts";
import type { Comparison, TrafficReport } from "./result/comparison.ts";
import type { ScenarioResult } from "./result/scenarioSchema.ts";
import { statementsOf } from "./statements/statements.ts";

export interface Findings {
  readonly facts: Facts;
  /** The clouds with their controllers. @default those of the list, with their controllers' default configurations */
  readonly clouds?: readonly Cloud[];
  readonly probes: Probes;
  readonly traffic: BySide<SourceResult<TrafficReport>>;
  /** Scenarios that this run played. @default none */
  readonly scenarios?: readonly ScenarioResult[];
  /** What this run cannot show, one sentence each. */
  readonly limits: readonly string[];
  readonly made: Date;
}

export function conclude({
  facts,
  clouds,
  probes,
  traffic,
  scenarios = [],
  limits,
  made,
}: Findings): Comparison {
  const cloud = cloudNamed(facts.cloud, clouds);
  const compared = comparedOf(facts, cloud);
  const titles = { left: compared.names.left.title, right: compared.names.right.title };
  const kubernetes = kubernetesOf(facts);
  const reports = { left: factsIn(traffic.left), right: factsIn(traffic.right) };
  return {
    ...judge(compared, {
      traffic: [reports.left, reports.right].filter((report) => report !== undefined),
      scenarios: [...scenarios],
      silent: [
        ...silence("left", traffic.left),
        ...silence("right", traffic.right),
        ...scenarios.flatMap(silenceOf),
      ],
      statements: statementsOf({ facts, cloud, probes, titles, traffic: reports, scenarios }),
    }),
    made: made.toISOString(),
    ...(kubernetes === undefined ? {} : { kubernetes }),
    lifeCycle: lifeCycleOf(compared),
    cost: cloud.costOf({ ...facts, left: compared.left, right: compared.right }, titles),
    picture: pictureOf(facts, cloud),
    limits: [cloud.words.notLookedAt, ...limits],
  };
}

/** Requests count as a source: if they could not be sent, the comparison is incomplete. */
function silence(side: "left" | "right", result: SourceResult<TrafficReport>): Comparison["sources"] {
  if (result.kind !== "unreachable") return [];
  return [{ source: "requests", side, outcome: result.kind, reason: result.reason }];
}

/** A finding that a scenario could not measure is not known to be the same. */
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
