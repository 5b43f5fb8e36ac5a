/** Scenarios on the lab: deploy the bed, run them one by one, show how far they are. */
import type { Bed } from "../../comparison/scenarios/bed/bed.ts";
import { bedHealthy } from "../../comparison/scenarios/bed/health.ts";
import type { ScenarioResult } from "../../comparison/report/scenarioSchema.ts";
import { runScenario } from "../../comparison/scenarios/run.ts";
import type { Scenario } from "../../comparison/scenarios/scenario.ts";
import type { Lab } from "../../lab/lab.ts";
import type { LabSettings } from "../../lab/settings.ts";
import type { Starting } from "../devLab.ts";
import type { Report } from "../progress.ts";
import { deployBed, openBed } from "./bedStack.ts";
import { labBed } from "./labBed.ts";

export interface Verifying extends Starting {
  readonly lab: Lab;
  readonly settings: LabSettings;
  /** Of every Pulumi command. */
  readonly environment: Record<string, string>;
}

/** The bed for one scenario, which reports by its own means. */
type BedFor = (report: Report) => Bed;

export async function verifyOn(
  verifying: Verifying,
  scenarios: readonly Scenario[],
): Promise<ScenarioResult[]> {
  const bedFor = await verifying.progress.step("the scenarios' exposures", (report) =>
    provideBed(verifying, true, report),
  );
  return tryAll(bedFor, scenarios, verifying);
}

/** Resolves when every load balancer takes traffic. @param refresh whether to look first at what is really there */
async function provideBed(
  { lab, settings, environment, signal }: Omit<Verifying, "progress">,
  refresh: boolean,
  report: Report,
): Promise<BedFor> {
  const stack = await openBed(settings, environment);
  const targets = await deployBed(stack, undefined, { report, signal, refresh });
  const made = labBed({ lab, settings, stack, targets, signal });
  report("waiting for healthy targets");
  await bedHealthy(made(report));
  return made;
}

export interface Preparing {
  /** Shows what is left of the preparations, and then each scenario. */
  run(scenarios: readonly Scenario[], starting: Starting): Promise<ScenarioResult[]>;
  /** Resolves when nothing is prepared any more, whether or not it succeeded. */
  readonly settled: Promise<void>;
}

/** Provides the bed while something else is shown. */
export function prepareBed(verifying: Omit<Verifying, "progress">, refresh: boolean): Preparing {
  let show: Report = () => undefined;
  const bedFor = provideBed(verifying, refresh, (line) => {
    show(line);
  });
  return {
    async run(scenarios, starting) {
      const bed = await starting.progress.step("the scenarios' exposures", (report) => {
        show = report;
        return bedFor;
      });
      return tryAll(bed, scenarios, starting);
    },
    // Whoever runs scenarios hears of a failure; until then it is no unhandled rejection.
    settled: bedFor.then(
      () => undefined,
      () => undefined,
    ),
  };
}

async function tryAll(
  bedFor: BedFor,
  scenarios: readonly Scenario[],
  { progress }: Starting,
): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    const title = `${index + 1} of ${scenarios.length}: ${scenario.title}`;
    results.push(await progress.step(title, (report) => runScenario(scenario, bedFor(report)), outcomeOf));
  }
  return results;
}

function outcomeOf({ failure, findings }: ScenarioResult): string {
  if (failure !== null) return failure;
  const count = (verdict: string): number => findings.filter((finding) => finding.verdict === verdict).length;
  const words = [...new Set(findings.map(({ verdict }) => verdict))];
  return words.map((word) => `${count(word)} ${word}`).join(", ");
}
