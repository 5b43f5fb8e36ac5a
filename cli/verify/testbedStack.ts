/** The scenarios' testbed as a stack on the lab: an inline Pulumi program with the providers of the stack dev. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { stringify } from "yaml";
import { testbedProgram } from "../../comparison/scenarios/testbed/program.ts";
import { cloudNamed } from "../../comparison/clouds/index.ts";
import type { Change } from "../../comparison/scenarios/testbed/variants.ts";
import type { LabSettings } from "../../lab/settings.ts";
import { labStack } from "../../lab/settings.ts";
import { deploy, destroy } from "../stack.ts";
import type { Report } from "../progress.ts";
import { placeOf, projectName, providerConfiguration, testbedDirectory } from "./testbedPlace.ts";
import { forgetTestbed } from "./testbedRecord.ts";
import type { Targets } from "./testbedRecord.ts";

interface Deployed {
  readonly targets: Targets;
  /** In words. */
  readonly changes: string;
}

const programOf = (settings: LabSettings, change?: Change): ReturnType<typeof testbedProgram> =>
  testbedProgram(cloudNamed(settings.cloud), placeOf(settings), change);

interface Deploying {
  readonly settings: LabSettings;
  readonly report: Report;
  readonly signal: AbortSignal;
  /** Look first at what is really there. */
  readonly refresh: boolean;
}

/** @param environment of every Pulumi command, except the backend: the testbed's state belongs to the lab and goes with it */
export async function openTestbed(
  settings: LabSettings,
  environment: Record<string, string>,
): Promise<Stack> {
  const workDir = testbedDirectory(settings);
  mkdirSync(workDir, { recursive: true });
  writeFileSync(
    join(workDir, `Pulumi.${labStack}.yaml`),
    stringify({ config: providerConfiguration(settings) }),
  );
  // The Automation API looks for `pulumi` on this process's PATH.
  process.env.PATH = environment.PATH;
  return LocalWorkspace.createOrSelectStack(
    { stackName: labStack, projectName, program: programOf(settings) },
    {
      workDir,
      envVars: { ...environment, PULUMI_BACKEND_URL: `file://${workDir}` },
      pulumiCommand: await PulumiCommand.get(),
      projectSettings: { name: projectName, runtime: "nodejs" },
    },
  );
}

export async function deployTestbed(
  stack: Stack,
  change: Change | undefined,
  deploying: Deploying,
): Promise<Deployed> {
  forgetTestbed(stack.workspace.workDir);
  stack.workspace.program = programOf(deploying.settings, change);
  const { outputs, changes } = await deploy(stack, { ...deploying, planned: 0 });
  const values = Object.entries(outputs).map(([name, { value }]) => [name, value as unknown] as const);
  return { targets: Object.fromEntries(values) as Targets, changes };
}

/** @returns in words, what was deleted */
export function destroyTestbed(stack: Stack, deploying: Omit<Deploying, "settings">): Promise<string> {
  forgetTestbed(stack.workspace.workDir);
  return destroy(stack, deploying);
}
