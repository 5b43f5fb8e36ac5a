/** The lab under the stack `dev`: what is needed to start it, to find it, and to run Pulumi on it. */
import { resolve } from "node:path";
import { labStatus, labUp } from "../lab/lab.ts";
import type { Lab } from "../lab/lab.ts";
import { provideRequirements } from "../lab/requirements/requirements.ts";
import { requireFreePorts } from "../lab/ports.ts";
import { readLabSettings } from "../lab/settings.ts";
import type { LabSettings } from "../lab/settings.ts";
import { cacheDirectory } from "../lab/tools/cache.ts";
import { provideTools } from "../lab/tools/tools.ts";
import type { Progress as Build, Tools } from "../lab/tools/tools.ts";
import type { Progress } from "./progress.ts";

/** The project that this file belongs to. */
export const checkout = resolve(import.meta.dirname, "..");

export interface Starting {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Makes sure that the machine has what the lab needs. */
export function provideMachine({ progress }: Starting): Promise<string[]> {
  return progress.step(
    "this machine",
    (report) => provideRequirements({ cacheDirectory: cacheDirectory(), onProgress: report }),
    (installed) => (installed.length === 0 ? "has what the lab needs" : `installed ${installed.join(", ")}`),
  );
}

/** Finds the lab's programs in the cache, or builds them. */
export function provideLabTools({ progress, signal }: Starting): Promise<Tools> {
  return progress.step(
    "the lab's programs",
    (report) =>
      provideTools({
        signal,
        onProgress: (made) => report(buildLine(made)),
      }),
    ({ found }) => (found ? "found in the cache" : "built"),
  );
}

/** How far a build is. A total of 0 is one that cannot be known. */
export function buildLine({ step, done, total, detail }: Build): string {
  return `${step}: ${total === 0 ? "" : `${done} of ${total}, `}${detail}`;
}

/** Starts the lab, or finds it running. */
export async function startLab(
  settings: LabSettings,
  tools: Tools,
  { progress, signal }: Starting,
): Promise<{ lab: Lab; found: boolean }> {
  const { ports } = settings;
  if (labStatus(settings.directory).running === undefined) await requireFreePorts(ports);
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
  if (running === undefined) throw new Error("the lab is not running; start it with: npm run lab -- up");
  return running;
}
