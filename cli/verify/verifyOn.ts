/** Scenarios on the lab: deploy the bed, run them one by one, show how far they are. */
import { bedHealthy } from "../../comparison/scenarios/bed/health.ts";
import type { ScenarioResult } from "../../comparison/report/scenarioSchema.ts";
import { runScenario } from "../../comparison/scenarios/run.ts";
import type { Scenario } from "../../comparison/scenarios/scenario.ts";
import { turnsOf } from "../../comparison/scenarios/turns.ts";
import type { Lab } from "../../lab/lab.ts";
import type { LabSettings } from "../../lab/settings.ts";
import type { Starting } from "../devLab.ts";
import type { Report } from "../progress.ts";
import { deployBed, openBed } from "./bedStack.ts";
import { labBed } from "./labBed.ts";

interface Verifying extends Starting {
  readonly lab: Lab;
  readonly settings: LabSettings;
  /** Of every Pulumi command. */
  readonly environment: Record<string, string>;
}

export async function verifyOn(
  { lab, settings, environment, progress, signal }: Verifying,
  scenarios: readonly Scenario[],
): Promise<ScenarioResult[]> {
  const stack = await openBed(settings, environment);
  const bedFor = await progress.step("the scenarios' exposures", async (report) => {
    const targets = await deployBed(stack, undefined, { report, signal, refresh: true });
    const made = labBed({ lab, settings, stack, targets, signal });
    report("waiting for healthy targets");
    await bedHealthy(made(report));
    return made;
  });
  const results: ScenarioResult[] = [];
  for (const turn of turnsOf(scenarios)) {
    const steps = turn.map((scenario) => ({
      title: `${scenarios.indexOf(scenario) + 1} of ${scenarios.length}: ${scenario.title}`,
      run: (report: Report) => runScenario(scenario, bedFor(report)),
      closing: outcomeOf,
    }));
    results.push(...(await progress.together(steps)));
  }
  return results;
}

function outcomeOf({ failure, findings }: ScenarioResult): string {
  if (failure !== null) return failure;
  const count = (verdict: string): number => findings.filter((finding) => finding.verdict === verdict).length;
  const words = [...new Set(findings.map(({ verdict }) => verdict))];
  return words.map((word) => `${count(word)} ${word}`).join(", ");
}
