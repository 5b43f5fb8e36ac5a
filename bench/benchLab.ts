/** A lab of the benchmark's own, in a directory that goes with it: one that somebody has running stays as it is. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout } from "../cli/devLab.ts";
import { labDown, labUp } from "../lab/lab.ts";
import type { Lab } from "../lab/lab.ts";
import type { LabQuotas } from "../lab/plan.ts";
import type { LabSettings } from "../lab/settings.ts";
import type { Tools } from "../lab/tools/tools.ts";
import type { Milestone } from "../lab/supervisor/status.ts";
import { freePorts } from "./freePorts.ts";

export interface BenchLab {
  readonly lab: Lab;
  readonly settings: LabSettings;
  /** For the benchmark's own files; what the lab has to read goes into the lab's directory. */
  readonly directory: string;
  /** How long the start took until all nodes were ready, and until each of its steps was done, in seconds. */
  readonly seconds: number;
  readonly milestones: readonly Milestone[];
}

export interface Using {
  readonly tools: Tools;
  /** How many times faster than AWS's the load balancers' clocks run. */
  readonly timeScale: number;
  readonly quotas?: LabQuotas;
  readonly signal: AbortSignal;
  readonly report: (line: string) => void;
}

/** Starts a lab without any state, lets it be used, and leaves nothing of it, however that ends. */
export async function withLab<T>(
  { tools, timeScale, quotas = {}, signal, report }: Using,
  use: (lab: BenchLab) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "lab-bench-"));
  // As a checkout is: started by root, the lab runs as another user.
  chmodSync(directory, 0o755);
  const labDirectory = join(directory, ".lab");
  try {
    const [kubernetes = 0, aws = 0, nodePort = 0, loadBalancer = 0] = await freePorts(4);
    const ports = { kubernetes, aws, nodePort, loadBalancer };
    const settings = {
      directory: labDirectory,
      kubeconfig: join(labDirectory, "kubeconfig"),
      ports,
      timeScale,
      quotas,
    };
    const milestones: Milestone[] = [];
    const began = performance.now();
    const seconds = (): number => (performance.now() - began) / 1000;
    const { lab } = await labUp({
      plan: { checkout, tools, ...settings },
      signal,
      onProgress: (milestone, done, total) => {
        // Its own seconds begin with the supervisor.
        milestones.push({ name: milestone.name, seconds: seconds() });
        report(`the lab starts: ${done} of ${total}, ${milestone.name}`);
      },
    });
    return await use({ lab, settings, directory, seconds: seconds(), milestones });
  } finally {
    await labDown(labDirectory);
    rmSync(directory, { recursive: true, force: true });
  }
}
