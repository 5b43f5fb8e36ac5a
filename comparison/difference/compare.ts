/** From facts to the result of a comparison. */
import type { Predicted } from "../clouds/aws/cloudControllerManager/predict.ts";
import type { ClusterFacts } from "../model/cluster.ts";
import type { Exposure, Facts } from "../model/exposure.ts";
import type { ServiceFacts } from "../model/service.ts";
import { factsIn } from "../model/sourceResult.ts";
import { schemaVersion } from "../result/comparison.ts";
import type { Aspect, Comparison, Prediction } from "../result/comparison.ts";
import { aspectRows } from "./aspectRows.ts";
import { catalogue } from "./catalogue.ts";
import { differencesIn } from "./differences.ts";
import type { Differences } from "./differences.ts";
import { checkPrediction } from "./prediction.ts";
import { sidesOf } from "./sides.ts";
import { sourceRows, verdictOn } from "./verdict.ts";
import { brokenIn } from "./working.ts";

/** What a comparison rests on besides the facts of both sides. */
export interface Given extends Pick<
  Comparison,
  "made" | "traffic" | "scenarios" | "statements" | "lifeCycle" | "cost" | "picture" | "limits"
> {
  /** What was asked besides the facts, where it did not answer. */
  readonly silent?: Comparison["sources"];
  /** The model of the controller. */
  readonly predict: (service: ServiceFacts, cluster: ClusterFacts) => Predicted;
}

/** What the facts themselves give, with the requests and statements that speak for or against it. */
export type Judgement = Omit<Comparison, "made" | "lifeCycle" | "cost" | "picture" | "limits">;

export function compare(facts: Facts, { predict, silent = [], ...given }: Given): Comparison {
  return { ...judge(facts, { predict, silent, ...given }), ...given };
}

type Grounded = Pick<Given, "predict" | "traffic" | "statements"> &
  Partial<Pick<Given, "scenarios" | "silent">>;

export function judge(
  facts: Facts,
  { predict, traffic, scenarios = [], statements, silent = [] }: Grounded,
): Judgement {
  const differences = differencesIn(facts);
  const aspects = aspectRows(facts, differences);
  const grounds = {
    traffic,
    scenarios,
    statements,
    basis: facts.basis,
    counts: countsOf(differences, aspects),
    sources: [...sourceRows(facts), ...silent],
    aspects,
    missing: [...differences.missing],
    predictions: [facts.left, facts.right].flatMap((side) => predictionFor(facts, side, predict)),
  };
  const used = new Set(differences.found.map(({ explanation }) => explanation));
  return {
    schema: schemaVersion,
    ...sidesOf(facts.left, facts.right),
    ...grounds,
    verdict: verdictOn({ ...grounds, broken: brokenIn(facts) }),
    explanations: catalogue
      .filter(({ id }) => used.has(id))
      .map(({ id, why, affects, remedy, source }) => ({ id, why, affects, remedy, source })),
  };
}

function countsOf({ found, missing }: Differences, aspects: Comparison["aspects"]): Comparison["counts"] {
  const having = (verdict: Aspect["verdict"]): number =>
    aspects.filter((aspect) => aspect.verdict === verdict).length;
  return {
    same: having("same"),
    equivalent: having("equivalent"),
    different: having("different"),
    unknown: having("unknown"),
    unexplained: found.filter(({ explanation }) => explanation === null).length + missing.length,
  };
}

function predictionFor(facts: Facts, side: Exposure, predict: Given["predict"]): Prediction[] {
  const service = factsIn(side.service);
  const cluster = factsIn(facts.cluster);
  if (service?.type !== "LoadBalancer") return [];
  if (cluster !== undefined) return [checkPrediction(facts.basis, side, predict(service, cluster))];
  const reason = facts.cluster.kind === "known" ? "" : facts.cluster.reason;
  const name = `${service.namespace}/${service.identity.name}`;
  return [{ service: name, outcome: "not checked", reason, checked: 0, wrong: [] }];
}
