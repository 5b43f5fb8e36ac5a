/** The lab that the stack `dev` runs on: prepare it, start it, find it. */
import { resolve } from "node:path";
import { labCloud } from "../lab/clouds/index.ts";
import { labStatus, labUp } from "../lab/lab.ts";
import type { Lab } from "../lab/lab.ts";
import { checkMachine } from "../lab/requirements/checkMachine.ts";
import type { MachineSettings } from "../lab/requirements/checkMachine.ts";
import { provideRequirements } from "../lab/requirements/requirements.ts";
import { readLabSettings } from "../lab/settings.ts";
import type { LabSettings } from "../lab/settings.ts";
import { cacheDirectory } from "../lab/tools/cache.ts";
import { provideTools } from "../lab/tools/tools.ts";
import type { Progress as Build, Tools } from "../lab/tools/tools.ts";
import { callOf } from "./call.ts";
import type { Progress } from "./progress.ts";

/** The project's directory. */
export const checkout = resolve(import.meta.dirname, "..");

export interface Starting {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** On a machine that can run the lab. Only there are programs built, which takes minutes. */
export interface StartingHere extends Starting {
  readonly machine: "can run the lab";
}

/** Checks the machine for everything that would stop the lab from starting, and then installs what is missing. */
export async function provideMachine(
  settings: MachineSettings,
  starting: Starting,
  { check, install } = { check: checkMachine, install: provideRequirements },
): Promise<StartingHere> {
  await starting.progress.step(
    "this machine",
    async (report) => {
      await check(settings);
      const { proxyMode } = settings;
      const cloud = labCloud(settings.cloud);
      return install({ cacheDirectory: cacheDirectory(), cloud, proxyMode, onProgress: report });
    },
    (installed) => (installed.length === 0 ? "has what the lab needs" : `installed ${installed.join(", ")}`),
  );
  return { ...starting, machine: "can run the lab" };
}

/** Finds the programs of a lab with these settings in the cache, or builds them. */
export function provideLabTools(
  { progress, signal }: StartingHere,
  {
    cloud,
    kubernetesVersion,
    loadBalancerController,
    loadBalancerProxy,
  }: Pick<LabSettings, "cloud" | "kubernetesVersion" | "loadBalancerController" | "loadBalancerProxy"> = {},
): Promise<Tools> {
  return progress.step(
    "the lab's programs",
    (report) =>
      provideTools({
        signal,
        cloud: labCloud(cloud),
        kubernetesVersion,
        loadBalancerController,
        loadBalancerProxy,
        onProgress: (made) => report(buildLine(made)),
      }),
    ({ found }) => (found ? "found in the cache" : "built"),
  );
}

/** How far a build has come. A total of 0 means that the total is unknown. */
export function buildLine({ step, done, total, detail }: Build): string {
  return `${step}: ${total === 0 ? "" : `${done} of ${total}, `}${detail}`;
}

/** Starts the lab, or finds it running. */
export async function startLab(
  settings: LabSettings,
  tools: Tools,
  { progress, signal }: Starting,
): Promise<{ lab: Lab; found: boolean }> {
  return progress.step(
    "the lab",
    (report) =>
      labUp({
        plan: { checkout, tools, ...settings },
        signal,
        onProgress: ({ name, seconds }, done, total) =>
          report(`${done} of ${total}: ${name} after ${seconds.toFixed(1)} s`),
      }),
    ({ found }) => (found ? "already running" : "three nodes ready"),
  );
}

/** @throws if the lab is not running, saying how to start it */
export function runningLab(settings: LabSettings = readLabSettings(checkout)): Lab {
  const { running } = labStatus(settings.directory);
  if (running === undefined) throw new Error(`the lab is not running; start it with: ${callOf("lab -- up")}`);
  return running;
}
