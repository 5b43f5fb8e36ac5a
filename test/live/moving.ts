/** What tests of moving share: a project whose clients can move, clients that send without a break, and moves that are killed. */
import assert from "node:assert/strict";
import { clientProgram } from "../../cli/verify/clientProgram.ts";
import { trafficClient } from "../../cli/verify/trafficClient.ts";
import { figuresOf } from "../../comparison/scenarios/traffic/figures.ts";
import type { Figures } from "../../comparison/scenarios/traffic/figures.ts";
import type { Load, RunningLoads, Sample } from "../../comparison/traffic/load.ts";
import { CoreV1Api } from "@kubernetes/client-node";
import { loadKubeconfig } from "../../comparison/sources/kubernetes/kubeconfig.ts";
import { labStatus } from "../../lab/lab.ts";
import type { Lab } from "../../lab/lab.ts";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { loadBalancerNamed } from "./clouds/aws/account.ts";
import { healthyTargets } from "./healthyTargets.ts";
import type { Ended, Running } from "./project.ts";
import { Project } from "./project.ts";

export const domainName = "shop.lab.example";

/** Longer than what resolvers of clients take to ask, and short enough for a test. */
const ttlSeconds = 2;

/**
 * A lab with the stack deployed and serving, all clients at the NodePort way.
 * @param changes of the stack's configuration
 */
export async function movableProject(
  weights: Readonly<Record<string, number>> = { nodePort: 100, loadBalancer: 0 },
  changes: Readonly<Record<string, unknown>> = {},
): Promise<Project> {
  const project = await Project.make();
  // Registration of a target takes 3 s instead of 180.
  project.configure("lab:timeScale", 60);
  project.configure("nodeport-vs-loadbalancer:weightedName", {
    hostedZone: "lab.example",
    domainName,
    ttlSeconds,
    weights,
  });
  for (const [key, value] of Object.entries(changes)) project.configure(key, value);
  await project.succeed("lab", "up");
  await project.succeed("up");
  // A load balancer refuses clients until its targets are registered.
  const hostnames = await Promise.all(
    Object.keys(weights).map((way) => project.output<{ hostname: string }>(way)),
  );
  await healthyTargets(
    labClients(project.settings).elbv2,
    hostnames.map(({ hostname }) => hostname),
  );
  return project;
}

export function runningLabOf(project: Project): Lab {
  const { running } = labStatus(project.settings.directory);
  assert.ok(running !== undefined, "the lab runs");
  return running;
}

export const loadsOverTcp = ["new", "kept"] as const;
export type LoadName = (typeof loadsOverTcp)[number] | "udp";

/** The listener's port of UDP clients. */
export const udpPort = 8125;

/**
 * Clients that keep answers of DNS for their time to live: one that connects for each request, a pool of connections that last a while, and one that sends each datagram from
 * another port.
 */
const loads = (perSecond: number, host: string, names: readonly LoadName[]): Load[] => {
  const common = {
    host,
    port: 80,
    perSecond,
    seconds: 3600,
    keepsNames: true,
    // The machine may be busy; a lost request is one that nobody answers.
    timeoutMilliseconds: 10_000,
  };
  const kinds: Readonly<Record<LoadName, Load>> = {
    new: { ...common, id: "new", kind: "http" },
    kept: { ...common, id: "kept", kind: "http keep-alive", connections: 10, connectionSeconds: 5 },
    udp: { ...common, id: "udp", kind: "udp", port: udpPort },
  };
  return names.map((name) => kinds[name]);
};

export interface Clients {
  readonly running: RunningLoads;
  /** Stops them, and their program. */
  stop(): Promise<readonly Sample[]>;
}

/** @param perSecond requests of each of the two kinds */
export async function startClients(
  project: Project,
  perSecond: number,
  host: string = domainName,
  names: readonly LoadName[] = loadsOverTcp,
): Promise<Clients> {
  const end = new AbortController();
  const lab = runningLabOf(project);
  const client = trafficClient(() => clientProgram(lab, project.directory), end.signal);
  const running = await client.startLoads(loads(perSecond, host, names));
  return {
    running,
    async stop() {
      try {
        return await running.stop();
      } finally {
        end.abort();
      }
    },
  };
}

/** What one kind of client met, an answer counting only if a pod of the stack gave it. */
export async function met(
  project: Project,
  samples: readonly Sample[],
  load: LoadName,
  /** One that the stack has. */
  way = "nodePort",
): Promise<Figures> {
  const { namespace } = await project.output<{ namespace: string }>(way);
  const { items } = await loadKubeconfig(project.settings.kubeconfig)
    .makeApiClient(CoreV1Api)
    .listNamespacedPod({ namespace });
  const nodeOfPod = new Map(
    items.map(({ metadata, spec }) => [metadata?.name ?? "", spec?.nodeName ?? ""] as const),
  );
  return figuresOf(
    samples.filter((sample) => sample.load === load),
    nodeOfPod,
  );
}

/** Addresses of a way's load balancer. */
export async function addressesOf(project: Project, way: string): Promise<string[]> {
  const { hostname } = await project.output<{ hostname: string }>(way);
  const { AvailabilityZones = [] } = await loadBalancerNamed(labClients(project.settings).elbv2, hostname);
  return AvailabilityZones.flatMap(({ LoadBalancerAddresses = [] }) =>
    LoadBalancerAddresses.flatMap(({ IpAddress }) => IpAddress ?? []),
  );
}

/** Starts a move and kills it as soon as it has printed this. */
export async function killedAt(project: Project, moment: RegExp, ...args: readonly string[]): Promise<Ended> {
  const move: Running = project.start("move", ...args);
  let printed = "";
  move.child.stdout?.on("data", (data: Buffer) => {
    printed += data.toString();
    if (moment.test(printed)) move.child.kill("SIGKILL");
  });
  return move.ended;
}
