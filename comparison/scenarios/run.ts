/** Runs a scenario to its result. */
import type { Bed } from "./bed/bed.ts";
import { resultOf } from "./result.ts";
import type { ScenarioResult } from "../report/scenarioSchema.ts";
import type { Finding, Scenario } from "./scenario.ts";
import { StoodStill } from "./stoodStill.ts";

/** How often a scenario is tried whose client stands still: it has not shown anything then, whatever it was to show. */
const mostTries = 3;

/** A scenario that throws is a result too; only an abort is thrown on. */
export async function runScenario(scenario: Scenario, bed: Bed): Promise<ScenarioResult> {
  const made = new Date();
  const begin = performance.now();
  const seconds = (): number => (performance.now() - begin) / 1000;
  try {
    const findings = await runUndisturbed(scenario, bed);
    return resultOf(scenario, { made, seconds: seconds(), findings });
  } catch (error) {
    bed.signal.throwIfAborted();
    const failure = error instanceof Error ? error.message : String(error);
    return resultOf(scenario, { made, seconds: seconds(), findings: [], failure });
  }
}

async function runUndisturbed(scenario: Scenario, bed: Bed): Promise<readonly Finding[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await scenario.run(bed);
    } catch (error) {
      if (!(error instanceof StoodStill) || tries === mostTries) throw error;
      bed.report(`again: ${error.message}`);
    }
  }
}
