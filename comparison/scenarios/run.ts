/** Runs a scenario to its result. */
import type { Testbed } from "./testbed/testbed.ts";
import { resultOf } from "./result.ts";
import type { ScenarioResult } from "../result/scenarioSchema.ts";
import type { Finding, Scenario } from "./scenario.ts";

/** A client that could not run for a while makes a run say nothing, not that anything is wrong: so often it is tried in all. */
const mostTries = 3;

/** A scenario that throws is a result too; only an abort is thrown on. */
export async function runScenario(scenario: Scenario, testbed: Testbed): Promise<ScenarioResult> {
  const made = new Date();
  const begin = performance.now();
  const seconds = (): number => (performance.now() - begin) / 1000;
  try {
    let findings = await scenario.run(testbed);
    for (let tries = 1; tries < mostTries && isWorthAnother(findings); tries += 1) {
      testbed.report("again: this machine was too busy to tell what was lost");
      findings = await scenario.run(testbed);
    }
    return resultOf(scenario, { made, seconds: seconds(), findings });
  } catch (error) {
    testbed.signal.throwIfAborted();
    const failure = error instanceof Error ? error.message : String(error);
    return resultOf(scenario, { made, seconds: seconds(), findings: [], failure });
  }
}

function isWorthAnother(findings: readonly Finding[]): boolean {
  return findings
    .flatMap(({ left, right }) => [left, right])
    .some((outcome) => outcome.kind === "unreachable" && outcome.again === true);
}
