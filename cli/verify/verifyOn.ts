/** Runs scenarios on the lab's testbed and shows their progress. */
import type { ScenarioResult } from "../../comparison/result/scenarioSchema.ts";
import { scenariosVerdict } from "../../comparison/scenarios/result.ts";
import { runScenario } from "../../comparison/scenarios/run.ts";
import type { Scenario } from "../../comparison/scenarios/scenario.ts";
import { turnsOf } from "../../comparison/scenarios/turns.ts";
import type { Starting } from "../devLab.ts";
import type { Progress, Report } from "../progress.ts";
import { provideTestbed } from "./provideTestbed.ts";
import type { ProvidedTestbed, Providing } from "./provideTestbed.ts";

export const testbedTitle = "the scenarios' exposures";
export const changesOf = ({ changes }: ProvidedTestbed): string => changes;

export async function verifyOn(
  { progress, ...providing }: Providing & Starting,
  scenarios: readonly Scenario[],
): Promise<ScenarioResult[]> {
  const testbed = await progress.step(testbedTitle, (report) => provideTestbed(providing, report), changesOf);
  return runAll(testbed, scenarios, progress);
}

export async function runAll(
  { testbedFor, recordHealthy }: ProvidedTestbed,
  scenarios: readonly Scenario[],
  progress: Progress,
): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (const turn of turnsOf(scenarios)) {
    const steps = turn.map((scenario) => ({
      title: `scenario ${scenarios.indexOf(scenario) + 1} of ${scenarios.length}, ${scenario.title}`,
      run: (report: Report) => runScenario(scenario, testbedFor(report)),
      closing: outcomeOf,
    }));
    results.push(...(await progress.together(steps)));
  }
  if (scenariosVerdict(results) === "alike") recordHealthy();
  return results;
}

function outcomeOf({ failure, findings }: ScenarioResult): string {
  if (failure !== null) return failure;
  const count = (verdict: string): number => findings.filter((finding) => finding.verdict === verdict).length;
  const words = [...new Set(findings.map(({ verdict }) => verdict))];
  return words.map((word) => `${count(word)} ${word}`).join(", ");
}
