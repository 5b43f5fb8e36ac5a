/** Runs scenarios on the lab's testbed and shows their progress. */
import type { Cloud } from "../../comparison/clouds/cloud.ts";
import { cloudNamed } from "../../comparison/clouds/index.ts";
import type { ScenarioResult } from "../../comparison/result/scenarioSchema.ts";
import { scenariosVerdict } from "../../comparison/scenarios/result.ts";
import { runScenario } from "../../comparison/scenarios/run.ts";
import { textOf } from "../../comparison/scenarios/scenario.ts";
import type { Scenario } from "../../comparison/scenarios/scenario.ts";
import { turnsOf } from "../../comparison/scenarios/turns.ts";
import type { Starting } from "../devLab.ts";
import { resultsOf } from "../progress.ts";
import type { Report, Step } from "../progress.ts";
import { provideTestbed } from "./provideTestbed.ts";
import type { ProvidedTestbed, Providing } from "./provideTestbed.ts";

export const testbedTitle = "the scenarios' exposures";
export const changesOf = ({ changes }: ProvidedTestbed): string => changes;

export async function verifyOn(
  { progress, ...providing }: Providing & Starting,
  scenarios: readonly Scenario[],
): Promise<ScenarioResult[]> {
  const testbed = await progress.step(testbedTitle, (report) => provideTestbed(providing, report), changesOf);
  const { words } = cloudNamed(providing.settings.cloud);
  const results: ScenarioResult[] = [];
  for (const turn of turnsOf(scenarios)) {
    const steps = stepsOf(turn, { scenarios, words }, (scenario, report) =>
      runScenario(scenario, testbed.testbedFor(report)),
    );
    results.push(...resultsOf(await progress.together(steps)));
  }
  recordIfAlike(testbed, results);
  return results;
}

/** @param turn some of the scenarios */
export function stepsOf(
  turn: readonly Scenario[],
  { scenarios: all, words }: { readonly scenarios: readonly Scenario[]; readonly words: Cloud["words"] },
  run: (scenario: Scenario, report: Report) => Promise<ScenarioResult>,
): Step<ScenarioResult>[] {
  return turn.map((scenario) => ({
    title: `scenario ${all.indexOf(scenario) + 1} of ${all.length}, ${textOf(scenario.title, words)}`,
    run: (report) => run(scenario, report),
    closing: outcomeOf,
  }));
}

/** What went amiss may have left the testbed out of order. */
export function recordIfAlike({ recordHealthy }: ProvidedTestbed, results: readonly ScenarioResult[]): void {
  if (scenariosVerdict(results) === "alike") recordHealthy();
}

function outcomeOf({ failure, findings }: ScenarioResult): string {
  if (failure !== null) return failure;
  const count = (verdict: string): number => findings.filter((finding) => finding.verdict === verdict).length;
  const words = [...new Set(findings.map(({ verdict }) => verdict))];
  return words.map((word) => `${count(word)} ${word}`).join(", ");
}
