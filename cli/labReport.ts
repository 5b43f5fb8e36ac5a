/** The status that `npm run lab -- status` prints. */
import type { LabCloud } from "../lab/clouds/cloud.ts";
import { labCloud } from "../lab/clouds/index.ts";
import { freeBytes, fullDisk } from "../lab/disk.ts";
import { labStatus } from "../lab/lab.ts";
import type { LabStatus } from "../lab/lab.ts";
import type { LabSettings } from "../lab/settings.ts";
import type { ProcessStatus } from "../lab/supervisor/process.ts";
import { milestoneNames } from "../lab/supervisor/status.ts";
import type { LabPhase, LabStatusFile } from "../lab/supervisor/status.ts";
import { cloudApi } from "../lab/clouds/environment.ts";

/** The status as `--json` prints it. */
export interface LabReportData {
  readonly running: boolean;
  readonly phase: LabPhase | "down";
  /** Why the lab is down, has failed, or is not ready yet. */
  readonly reason: string | undefined;
  /** Process id of the lab's first process, as the host counts. */
  readonly pid: number | undefined;
  /** Of the Kubernetes API, and of the cloud's API under the name of the cloud. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly loadBalancers: { readonly nodePort: string; readonly loadBalancer: string };
  readonly kubeconfig: string;
  readonly processes: LabStatusFile["processes"];
  /** Nodes whose link is cut. */
  readonly cutNodes: readonly string[];
  /** Free bytes on the disk that the lab writes to. */
  readonly freeDiskBytes: number;
}

export function labReport(
  settings: LabSettings,
  status: LabStatus = labStatus(settings.directory),
  freeDiskBytes = freeBytes(settings.directory),
): {
  readonly data: LabReportData;
  readonly text: string;
} {
  const { running, last } = status;
  const { ports, kubeconfig } = settings;
  const cloud = labCloud(settings.cloud);
  const data: LabReportData = {
    running: running !== undefined,
    phase: running === undefined ? "down" : (last?.phase ?? "starting"),
    reason: reasonOf(running !== undefined, last),
    pid: running?.initPid,
    endpoints: {
      kubernetes: `https://127.0.0.1:${ports.kubernetes}`,
      [cloud.name]: cloudApi(settings),
    },
    loadBalancers: {
      nodePort: `http://localhost:${ports.nodePort}`,
      loadBalancer: `http://localhost:${ports.loadBalancer}`,
    },
    kubeconfig,
    processes: running === undefined ? [] : (last?.processes ?? []),
    cutNodes: running === undefined ? [] : (last?.cutNodes ?? []),
    freeDiskBytes,
  };
  const full = fullDisk(settings.directory, freeDiskBytes);
  const text = textOf(data, cloud);
  return { data, text: full === undefined ? text : `${text}\n${full}` };
}

function textOf(data: LabReportData, cloud: LabCloud): string {
  const { running, phase, reason, endpoints, loadBalancers, kubeconfig, processes, cutNodes } = data;
  const start = "start it with: npm run lab -- up";
  if (!running) return `the lab is down${reason === undefined ? "; " : `: ${reason}\n`}${start}`;
  const width = Math.max(...processes.map(({ name }) => name.length), 0);
  return [
    `the lab is ${phase}${reason === undefined ? "" : `: ${reason}`}`,
    ...Object.entries({
      "Kubernetes API": `${endpoints.kubernetes}  (kubectl --kubeconfig ${kubeconfig})`,
      [`${cloud.title} API`]: endpoints[cloud.name],
      NodePort: loadBalancers.nodePort,
      LoadBalancer: loadBalancers.loadBalancer,
    }).map(([title, url]) => `  ${title.padEnd(14)}  ${url}`),
    ...cutNodes.map((node) => `${node} is cut off; mend its link with: npm run lab -- mend ${node}`),
    "processes",
    ...processes.map((process) => `  ${process.name.padEnd(width)}  ${stateOf(process)}${pastOf(process)}`),
  ].join("\n");
}

/** Why the lab is not up, or how far its start has come. */
function reasonOf(running: boolean, last: LabStatusFile | undefined): string | undefined {
  if (last === undefined || last.phase === "stopping") return undefined;
  if (last.phase === "failed") return last.reason;
  if (!running) return "it ended without being stopped; see its last messages with: npm run lab -- logs lab";
  const [milestone] = last.milestones.slice(-1);
  if (last.phase === "ready" || milestone === undefined) return undefined;
  const { name, seconds } = milestone;
  return `${last.milestones.length} of ${milestoneNames.length} steps done, ${name} after ${seconds.toFixed(1)} s`;
}

function stateOf({ name, pid, held, since, backOff }: ProcessStatus): string {
  const time = localTime(since);
  if (held) return `held since ${time}; start it again with: npm run lab -- release ${name}`;
  if (pid !== undefined) return `running since ${time}`;
  if (backOff === undefined) return `ended ${time}`;
  return `ended ${time}, restarts after a pause of ${backOff / 1000} s; see npm run lab -- logs ${name}`;
}

function pastOf({ restarts, lastExit }: ProcessStatus): string {
  if (restarts === 0) return "";
  return `; ${restarts} restart${restarts === 1 ? "" : "s"}, last ended with ${lastExit ?? "unknown"}`;
}

/** Local time, such as `2026-08-01 14:03:22`. */
const localTime = (time: string): string => new Date(time).toLocaleString("sv-SE");
