/** Runs a scenario to its result. */
import { features } from "../clouds/feature.ts";
import type { Feature } from "../clouds/feature.ts";
import type { ScenarioResult } from "../result/scenarioSchema.ts";
import type { Testbed } from "./testbed/testbed.ts";
import { resultOf } from "./result.ts";
import { bothAlike, toldOf } from "./scenario.ts";
import type { Finding, Scenario } from "./scenario.ts";

/** A client that could not run for a while says nothing about the ways, so the run is repeated: this often in all. */
const mostTries = 3;

/** A scenario that throws has a result too. Only an abort is thrown on. */
export async function runScenario(scenario: Scenario, testbed: Testbed): Promise<ScenarioResult> {
  const { clock, features: offered, signal, report } = testbed;
  const begin = clock.now();
  const times = () => ({ made: new Date(begin), seconds: (clock.now() - begin) / 1000 });
  const told = toldOf(scenario, testbed.words);
  const lacking = scenario.needs.filter((feature) => !offered.has(feature));
  if (lacking.length > 0) return resultOf(told, { ...times(), findings: lacking.map(skipped) });
  try {
    let measured = await scenario.measure(testbed);
    let findings = scenario.conclude(measured, testbed);
    for (let tries = 1; tries < mostTries && isWorthAnother(findings); tries += 1) {
      report("again: this machine was too busy to tell what was lost");
      measured = await scenario.measure(testbed);
      findings = scenario.conclude(measured, testbed);
    }
    return resultOf(told, { ...times(), findings, timelines: scenario.timelines?.(measured, testbed) ?? [] });
  } catch (error) {
    signal.throwIfAborted();
    const failure = error instanceof Error ? error.message : String(error);
    return resultOf(told, { ...times(), findings: [], failure });
  }
}

function isWorthAnother(findings: readonly Finding[]): boolean {
  return findings
    .flatMap(({ left, right }) => [left, right])
    .some((outcome) => outcome.kind === "unreachable" && outcome.again === true);
}

function skipped(feature: Feature): Finding {
  const outcome = { kind: "skipped", reason: `not available here: ${feature}` } as const;
  return {
    title: `needs ${feature}`,
    unit: "",
    left: outcome,
    right: outcome,
    expected: bothAlike(features[feature], "", () => true),
  };
}
