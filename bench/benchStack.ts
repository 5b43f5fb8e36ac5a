/** A benchmark's stack on its lab: its program is a function, and its state is removed with the lab. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { checkout } from "../cli/devLab.ts";
import { pulumiEnvironment } from "../cli/environment.ts";
import { cloudApi } from "../lab/clouds/environment.ts";
import { readStackConfiguration } from "../cli/stackConfiguration.ts";
import { labStack } from "../lab/settings.ts";
import type { LabSettings } from "../lab/settings.ts";
import { providePulumi } from "../lab/tools/tools.ts";
import type { BenchLab } from "./benchLab.ts";
import { benchCloud } from "./clouds/index.ts";

/**
 * @param environment added to that of every stack of the lab
 * @returns a stack with nothing deployed
 */
export async function openBenchStack(
  { directory, settings }: BenchLab,
  program: PulumiFn,
  signal: AbortSignal,
  environment: Readonly<Record<string, string>> = {},
): Promise<Stack> {
  const workDir = join(directory, "pulumi");
  mkdirSync(workDir, { recursive: true });
  const { path } = await providePulumi({ signal, onProgress: () => undefined });
  const ofLab = pulumiEnvironment(workDir, path);
  // The Automation API looks for `pulumi` on this process's PATH.
  process.env.PATH = ofLab.PATH;
  return LocalWorkspace.createOrSelectStack(
    { stackName: "bench", projectName: "bench", program },
    {
      workDir,
      envVars: { ...ofLab, ...environment },
      pulumiCommand: await PulumiCommand.get(),
      stackSettings: { bench: { config: configurationOf(settings) } },
    },
  );
}

/** The providers' part of the stack dev's configuration, with this lab's addresses. */
function configurationOf(settings: LabSettings): Record<string, string> {
  const { values } = readStackConfiguration(checkout, labStack);
  const cloud = benchCloud(settings.cloud);
  const given = Object.entries(values).filter(([key]) => key.startsWith(`${cloud.name}:`));
  return {
    ...Object.fromEntries(given),
    ...cloud.providerConfiguration(cloudApi(settings)),
    "kubernetes:kubeconfig": settings.kubeconfig,
  };
}
