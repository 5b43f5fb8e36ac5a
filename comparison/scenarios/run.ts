/** Runs a scenario to its result. */
import type { Bed } from "./bed/bed.ts";
import { resultOf } from "./result.ts";
import type { ScenarioResult } from "../report/scenarioSchema.ts";
import type { Scenario } from "./scenario.ts";

/** A scenario that throws is a result too; only an abort is thrown on. */
export async function runScenario(scenario: Scenario, bed: Bed): Promise<ScenarioResult> {
  const made = new Date();
  const begin = performance.now();
  const seconds = (): number => (performance.now() - begin) / 1000;
  try {
    const findings = await scenario.run(bed);
    return resultOf(scenario, { made, seconds: seconds(), findings });
  } catch (error) {
    bed.signal.throwIfAborted();
    const failure = error instanceof Error ? error.message : String(error);
    return resultOf(scenario, { made, seconds: seconds(), findings: [], failure });
  }
}
