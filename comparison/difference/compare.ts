/** Turns facts into the result of a comparison. */
import type { Controller } from "../clouds/cloud.ts";
import { factsIn } from "../model/sourceResult.ts";
import { sides } from "../result/bySide.ts";
import type { Side } from "../result/bySide.ts";
import { schemaVersion } from "../result/comparison.ts";
import type { Aspect, Comparison, Explanation, Prediction } from "../result/comparison.ts";
import { aspectRows } from "./aspectRows.ts";
import { causesOf } from "./causes.ts";
import type { Compared } from "./compared.ts";
import { differencesIn } from "./differences.ts";
import type { Differences } from "./differences.ts";
import type { Entry } from "./entry.ts";
import { predictedFor } from "./predicted.ts";
import { present } from "./inWords.ts";
import { checkPrediction, serviceName } from "./prediction.ts";
import { sourceRows, verdictOn } from "./verdict.ts";
import { unservedIn } from "./served.ts";
import { warningsIn } from "./warnings.ts";
import { withoutEffectIn } from "./withoutEffect.ts";
import { brokenIn } from "./working.ts";

/** The result of the facts, with the requests and statements that support or contradict it. */
export type Judgement = Omit<Comparison, "made" | "lifeCycle" | "cost" | "picture" | "limits">;

/** What a judgement considers besides the facts of both sides. */
export interface Grounds extends Pick<Comparison, "traffic" | "statements"> {
  /** @default none */
  readonly scenarios?: Comparison["scenarios"];
  /** Other questions without an answer. @default none */
  readonly silent?: Comparison["sources"];
}

export function judge(
  compared: Compared,
  { traffic, scenarios = [], statements, silent = [] }: Grounds,
): Judgement {
  const differences = differencesIn(compared);
  const aspects = aspectRows(compared, differences);
  const grounds = {
    traffic,
    scenarios,
    statements,
    basis: compared.facts.basis,
    counts: countsOf(differences, aspects),
    sources: [...sourceRows(compared), ...silent],
    aspects,
    missing: [...differences.missing],
    opensMore: [...compared.cloud.admission.opensMore(compared)],
    ...fillLevelsIn(compared),
    predictions: (["left", "right"] as const).flatMap((side) => predictionFor(compared, side)),
  };
  return {
    schema: schemaVersion,
    ...compared.names,
    ...grounds,
    warnings: warningsIn(compared),
    withoutEffect: withoutEffectIn(compared),
    verdict: verdictOn({
      ...grounds,
      broken: [...brokenIn(compared), ...unservedIn(compared), ...shutOutIn(compared)],
      causes: causesOf(
        compared,
        differences.found.filter(({ explanation }) => explanation === null),
      ),
    }),
    explanations: differences.used.map((entry) => explanationOf(entry, compared)),
  };
}

function explanationOf(entry: Entry, compared: Compared): Explanation {
  const { id, why, affects, remedy, source } = entry;
  const detail = present(entry.detail?.(compared)).map((here) => `Here: ${here}.`);
  return { id, why: [why, ...detail].join(" "), affects, remedy, source };
}

/** A health check that is not let in keeps its side from taking traffic, in a plan too. */
function shutOutIn({ facts, cloud, left, right }: Compared): string[] {
  const cluster = factsIn(facts.cluster);
  if (cluster === undefined) return [];
  return sides.flatMap((side) =>
    cloud.admission.shutOut({ left, right }[side], cluster).map((fault) => `${side}: ${fault}`),
  );
}

function fillLevelsIn({ facts, cloud }: Compared): Pick<Comparison, "fillLevels"> {
  const cluster = factsIn(facts.cluster);
  const fillLevels = cluster === undefined ? [] : [...cloud.admission.fillLevels(cluster)];
  return fillLevels.length === 0 ? {} : { fillLevels };
}

function countsOf({ found }: Differences, aspects: Comparison["aspects"]): Comparison["counts"] {
  const having = (verdict: Aspect["verdict"]): number =>
    aspects.filter((aspect) => aspect.verdict === verdict).length;
  return {
    same: having("same"),
    equivalent: having("equivalent"),
    different: having("different"),
    unknown: having("unknown"),
    unexplained: found.filter(({ explanation }) => explanation === null).length,
  };
}

function predictionFor(compared: Compared, side: Side): Prediction[] {
  const service = factsIn(compared[side].service);
  if (service?.type !== "LoadBalancer") return [];
  const { cluster } = compared.facts;
  const predicted = predictedFor(compared, side);
  if (predicted !== undefined && cluster.kind === "known") {
    const usual = checkPrediction(compared, side, predicted);
    const variant = usual.outcome === "wrong" ? variantOf(usual, compared, side) : undefined;
    return [variant ?? withSettings(usual, predicted.controller)];
  }
  const reason = cluster.kind === "known" ? "" : cluster.reason;
  return [{ service: serviceName(service), outcome: "not checked", reason, checked: 0, wrong: [] }];
}

function withSettings(prediction: Prediction, { settings }: Pick<Controller, "settings">): Prediction {
  if (settings === undefined || prediction.outcome === "not checked") return prediction;
  return {
    ...prediction,
    reason: `${prediction.reason} with ${settings} in its configuration`,
    configuration: settings,
  };
}

/** The prediction of the same controller with the other settings that fit best, if they fit better than the usual ones. They need not fit wholly. */
function variantOf(usual: Prediction, compared: Compared, side: Side): Prediction | undefined {
  const predicted = predictedFor(compared, side);
  const [service, cluster] = [factsIn(compared[side].service), factsIn(compared.facts.cluster)];
  const existing = factsIn(compared[side].loadBalancer);
  if (predicted === undefined || service === undefined || cluster === undefined) return undefined;
  if (existing === undefined) return undefined;
  const { controller } = predicted;
  const otherwise = controller.settings === undefined ? "by default" : `with ${controller.settings}`;
  const [best] = controller
    .variants(existing)
    .map(({ settings, predict }) => ({
      settings,
      ...checkPrediction(compared, side, { controller, ...predict(service, cluster, existing) }),
    }))
    .filter(({ outcome, wrong }) => outcome !== "not checked" && wrong.length < usual.wrong.length)
    .sort((a, b) => a.wrong.length - b.wrong.length);
  if (best === undefined) return undefined;
  const { settings, ...prediction } = best;
  const reason = `${prediction.reason} with ${settings} in its configuration; ${otherwise}, ${usual.wrong.length} values would differ`;
  return { ...prediction, reason, configuration: settings };
}
