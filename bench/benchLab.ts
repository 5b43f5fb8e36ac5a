/** A lab for one benchmark, in a temporary directory: a lab that is running elsewhere is not touched. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout, provideMachine } from "../cli/devLab.ts";
import type { Starting, StartingHere } from "../cli/devLab.ts";
import { labDown, labUp } from "../lab/lab.ts";
import type { Lab } from "../lab/lab.ts";
import type { ProxyMode } from "../lab/plan.ts";
import type { LabQuotas } from "../lab/clouds/cloud.ts";
import type { LabSettings } from "../lab/settings.ts";
import type { Tools } from "../lab/tools/tools.ts";
import type { Milestone } from "../lab/supervisor/status.ts";
import { withDirectory } from "./directory.ts";
import { freePorts } from "./freePorts.ts";

export interface BenchLab {
  readonly lab: Lab;
  readonly settings: LabSettings;
  /** For the benchmark's own files; what the lab has to read goes into the lab's directory. */
  readonly directory: string;
  /** Seconds until all nodes were ready. */
  readonly seconds: number;
  /** With the seconds until each was reached. */
  readonly milestones: readonly Milestone[];
}

export interface BenchLabOptions {
  readonly tools: Tools;
  /** How many times faster than AWS's the load balancers' clocks run. */
  readonly timeScale: number;
  readonly quotas?: LabQuotas;
  /** @default "nftables" */
  readonly proxyMode?: ProxyMode;
  /** Further flags of the API server, by name. */
  readonly apiServerFlags?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly report: (line: string) => void;
}

/** Checks the machine before anything is built. Any ports will do: each lab takes free ones. */
export function provideBenchMachine(
  starting: Starting,
  proxyMode: ProxyMode = "nftables",
): Promise<StartingHere> {
  const ports = { kubernetes: 0, cloudApi: 0, nodePort: 0, loadBalancer: 0 };
  return provideMachine({ directory: join(tmpdir(), "lab-bench"), ports, proxyMode }, starting);
}

/** Starts a lab without any state, uses it, and removes all of it, however that ends. */
export function withLab<T>(
  {
    tools,
    timeScale,
    quotas = {},
    proxyMode = "nftables",
    apiServerFlags = {},
    signal,
    report,
  }: BenchLabOptions,
  use: (lab: BenchLab) => Promise<T>,
): Promise<T> {
  return withDirectory(async (directory) => {
    const labDirectory = join(directory, ".lab");
    const [kubernetes = 0, cloudApi = 0, nodePort = 0, loadBalancer = 0] = await freePorts(4);
    const settings = {
      directory: labDirectory,
      kubeconfig: join(labDirectory, "kubeconfig"),
      ports: { kubernetes, cloudApi, nodePort, loadBalancer },
      timeScale,
      quotas,
    };
    const milestones: Milestone[] = [];
    const began = performance.now();
    const seconds = (): number => (performance.now() - began) / 1000;
    try {
      const { lab } = await labUp({
        plan: { checkout, tools, ...settings, proxyMode, apiServerFlags },
        signal,
        onProgress: ({ name }, done, total) => {
          // A milestone's own seconds count from the supervisor's start.
          milestones.push({ name, seconds: seconds() });
          report(`starting the lab: ${done} of ${total}, ${name}`);
        },
      });
      return await use({ lab, settings, directory, seconds: seconds(), milestones });
    } finally {
      await labDown(labDirectory);
    }
  });
}
