/** A running lab with the app deployed both ways, and the clients to change and query it. */
import { setTimeout as sleep } from "node:timers/promises";
import { AppsV1Api, CoreV1Api, DiscoveryV1Api } from "@kubernetes/client-node";
import { labClients } from "../../../lab/clouds/aws/clients.ts";
import type { AwsClients } from "../../../lab/clouds/aws/clients.ts";
import { labClient } from "../../../cli/labClient.ts";
import type { LabClient } from "../../../cli/labClient.ts";
import { clientProgram } from "../../../cli/verify/clientProgram.ts";
import { trafficClient } from "../../../cli/verify/trafficClient.ts";
import type { TrafficClient } from "../../../cli/verify/trafficClient.ts";
import type { BySide } from "../../../comparison/result/bySide.ts";
import { loadKubeconfig } from "../../../comparison/sources/kubernetes/kubeconfig.ts";
import { within } from "../../../comparison/sources/timeLimit.ts";
import { controlLab } from "../../../lab/control/client.ts";
import type { LabControl } from "../../../lab/control/client.ts";
import { labStatus } from "../../../lab/lab.ts";
import type { Lab } from "../../../lab/lab.ts";
import type { ProcessStatus } from "../../../lab/supervisor/process.ts";
import type { Project } from "../../live/project.ts";

/** One way, from the stack's outputs. */
export interface Way {
  readonly hostname: string;
  readonly namespace: string;
  readonly service: string;
}

export interface Subject {
  readonly project: Project;
  readonly lab: Lab;
  readonly control: LabControl;
  readonly aws: AwsClients;
  readonly core: CoreV1Api;
  readonly apps: AppsV1Api;
  readonly discovery: DiscoveryV1Api;
  /** Outside the VPC. */
  readonly client: LabClient;
  /** Sends traffic from the client. */
  readonly traffic: TrafficClient;
  readonly ways: BySide<Way>;
  /** Cancels pending work when the test ends. */
  readonly signal: AbortSignal;
}

/** @throws if the project's lab is not running, or the app is not deployed */
export async function subjectOf(project: Project, signal: AbortSignal): Promise<Subject> {
  const { directory, kubeconfig } = project.settings;
  const { running: lab } = labStatus(directory);
  if (lab === undefined) throw new Error(`the lab of ${directory} does not run`);
  const outputs = JSON.parse(await project.succeed("pulumi", "stack", "output", "--json")) as {
    readonly nodePort: Way;
    readonly loadBalancer: Way;
  };
  const aws = labClients(project.settings);
  const config = loadKubeconfig(kubeconfig);
  return {
    project,
    lab,
    control: controlLab(lab),
    aws,
    core: config.makeApiClient(CoreV1Api),
    apps: config.makeApiClient(AppsV1Api),
    discovery: config.makeApiClient(DiscoveryV1Api),
    client: labClient(project.directory, lab, signal),
    traffic: trafficClient(() => clientProgram(lab, project.directory), signal),
    ways: { left: outputs.nodePort, right: outputs.loadBalancer },
    signal,
  };
}

/** @throws if the lab has no process of this name */
export function statusOf({ lab }: Pick<Subject, "lab">, name: string): ProcessStatus {
  const found = statuses({ lab }).find((each) => each.name === name);
  if (found === undefined) throw new Error(`the lab has no process ${name}`);
  return found;
}

export function statuses({ lab }: Pick<Subject, "lab">): readonly ProcessStatus[] {
  return labStatus(lab.directory).last?.processes ?? [];
}

/** Time limit of one request, because a dying process may never answer. */
const answerSeconds = 10;

/** Generous for busy machines. */
const longestSeconds = 180;

/**
 * Repeats an action until it succeeds with a result that is not undefined.
 * @throws when it takes too long; the error names `what` and the last failure
 */
export async function persistently<T>(
  what: string,
  { signal }: Pick<Subject, "signal">,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  const begin = performance.now();
  for (;;) {
    let reason: unknown;
    try {
      const result = await within(answerSeconds, signal, ask);
      if (result !== undefined) return result;
    } catch (error) {
      reason = error;
    }
    signal.throwIfAborted();
    if (performance.now() - begin > longestSeconds * 1000)
      throw new Error(`${what}: not within ${longestSeconds} s`, { cause: reason });
    await sleep(50);
  }
}
