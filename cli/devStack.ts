/** The stack `dev` on the lab: its Pulumi, its deployment, its removal. */
import type { OutputMap } from "@pulumi/pulumi/automation/index.js";
import { planProgram } from "../comparison/plan/plan.ts";
import type { PlannedResource } from "../comparison/plan/monitor.ts";
import { nodes } from "../lab/layout.ts";
import { labStack } from "../lab/settings.ts";
import { providePulumi } from "../lab/tools/tools.ts";
import { buildLine, checkout } from "./devLab.ts";
import type { Starting } from "./devLab.ts";
import { pulumiEnvironment } from "./environment.ts";
import { deploy, destroy, openStack } from "./stack.ts";
import { readStackConfiguration } from "./stackConfiguration.ts";

/** What the program declares, asked of the program alone. Once a process: a program runs when it is imported. */
export function planDevStack(): Promise<readonly PlannedResource[]> {
  return planProgram(readStackConfiguration(checkout, labStack), nodes);
}

/** Finds Pulumi and its plug-ins, or provides them. @returns the environment to run it in */
export async function provideDevPulumi({ progress, signal }: Starting): Promise<Record<string, string>> {
  const { path } = await progress.step(
    "Pulumi",
    (report) => providePulumi({ signal, onProgress: (made) => report(buildLine(made)) }),
    ({ summary }) => summary,
  );
  return pulumiEnvironment(checkout, path);
}

export interface DevDeployment extends Starting {
  readonly environment: Record<string, string>;
  /** How many resources there will be; 0 to be rid of all. */
  readonly planned: number;
  /** Whether to look first at what is really there. */
  readonly refresh: boolean;
}

export async function deployDevStack({
  progress,
  signal,
  environment,
  planned,
  refresh,
}: DevDeployment): Promise<OutputMap> {
  const { outputs } = await progress.step(
    `pulumi up, stack ${labStack}`,
    async (report) => deploy(await openStack(checkout, environment), { planned, refresh, report, signal }),
    ({ changes }) => changes,
  );
  return outputs;
}

export async function destroyDevStack({
  progress,
  signal,
  environment,
  planned,
  refresh,
}: DevDeployment): Promise<void> {
  await progress.step(
    `pulumi destroy, stack ${labStack}`,
    async (report) => destroy(await openStack(checkout, environment), { planned, refresh, report, signal }),
    (changes) => changes,
  );
}
