/** What `npm run lab -- status` says. */
import { labStatus } from "../lab/lab.ts";
import type { LabStatus } from "../lab/lab.ts";
import type { LabSettings } from "../lab/settings.ts";
import type { LabPhase, LabStatusFile } from "../lab/supervisor/status.ts";

/** The status as `--json` prints it. */
export interface LabReportData {
  readonly running: boolean;
  readonly phase: LabPhase | "down";
  /** Process id of the lab's first process, on the host. */
  readonly pid: number | undefined;
  readonly endpoints: { readonly kubernetes: string; readonly aws: string };
  readonly loadBalancers: { readonly nodePort: string; readonly loadBalancer: string };
  readonly kubeconfig: string;
  readonly processes: LabStatusFile["processes"];
  /** Nodes whose link is cut. */
  readonly cutNodes: readonly string[];
}

export function labReport(
  settings: LabSettings,
  status: LabStatus = labStatus(settings.directory),
): {
  readonly data: LabReportData;
  readonly text: string;
} {
  const { running, last } = status;
  const { ports, kubeconfig } = settings;
  const data: LabReportData = {
    running: running !== undefined,
    phase: running === undefined ? "down" : (last?.phase ?? "starting"),
    pid: running?.initPid,
    endpoints: { kubernetes: `https://127.0.0.1:${ports.kubernetes}`, aws: `http://127.0.0.1:${ports.aws}` },
    loadBalancers: {
      nodePort: `http://localhost:${ports.nodePort}`,
      loadBalancer: `http://localhost:${ports.loadBalancer}`,
    },
    kubeconfig,
    processes: running === undefined ? [] : (last?.processes ?? []),
    cutNodes: running === undefined ? [] : (last?.cutNodes ?? []),
  };
  return { data, text: textOf(data) };
}

function textOf(data: LabReportData): string {
  const { running, phase, endpoints, loadBalancers, kubeconfig, processes, cutNodes } = data;
  if (!running) return "the lab is down; start it with: npm run lab -- up";
  const width = Math.max(...processes.map(({ name }) => name.length), 0);
  return [
    `the lab is ${phase}`,
    `  Kubernetes API  ${endpoints.kubernetes}  (kubectl --kubeconfig ${kubeconfig})`,
    `  AWS API         ${endpoints.aws}`,
    `  NodePort way    ${loadBalancers.nodePort}`,
    `  LoadBalancer    ${loadBalancers.loadBalancer}`,
    ...cutNodes.map((node) => `${node} is cut off; mend its link with: npm run lab -- mend ${node}`),
    "processes",
    ...processes.map(({ name, pid, held, restarts, lastExit }) => {
      if (held) return `  ${name.padEnd(width)}  held; start it with: npm run lab -- release ${name}`;
      const state = pid === undefined ? "waiting for its next start" : "running";
      const past =
        restarts === 0
          ? ""
          : `, ${restarts} restart${restarts === 1 ? "" : "s"}, ended last with ${lastExit ?? "?"}`;
      return `  ${name.padEnd(width)}  ${state}${past}`;
    }),
  ].join("\n");
}
