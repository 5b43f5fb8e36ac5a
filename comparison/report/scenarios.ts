/** Results of scenarios by themselves, for programs. */
import { scenariosVerdict } from "../scenarios/result.ts";
import type { ScenarioResult } from "../result/scenarioSchema.ts";

export function scenariosJson(scenarios: readonly ScenarioResult[], timeScale: number): string {
  return JSON.stringify({ verdict: scenariosVerdict(scenarios), timeScale, scenarios }, undefined, 2);
}
