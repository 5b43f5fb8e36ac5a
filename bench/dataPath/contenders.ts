/** The contenders, and the network setup that they need. */
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { labCloud } from "../../lab/clouds/index.ts";
import { nodes } from "../../lab/layout.ts";
import type { NodeLayout } from "../../lab/layout.ts";
import type { DeployedExposures } from "../../cli/exposures.ts";
import { appPods } from "../appPods.ts";
import type { BenchLab } from "../benchLab.ts";
import { runInside, setSysctls, startInside } from "../insideLab.ts";
import { benchCloud } from "../clouds/index.ts";
import { names } from "./goals.ts";
import { findServers } from "./loadTime.ts";
import { proxyPort } from "./proxies.ts";
import type { Proxy } from "./proxies.ts";
import { busySysctls, clientRoutes } from "./routes.ts";
import type { Reached } from "./routes.ts";

export interface Target extends Reached {
  readonly name: string;
  /** Its log file, if it is a process of the benchmark. */
  readonly log?: string;
}

/** A proxy, and where its program is on this machine. */
export interface InstalledProxy {
  readonly proxy: Proxy;
  readonly program: string;
}

/** The app's container port. */
const podPort = 8080;

/**
 * Ways to one pod: the first node's pod itself, that node's ports, and the load balancers' addresses in its zone.
 * @throws if there is no such pod
 */
export async function targetsOf(
  { lab, settings }: BenchLab,
  { nodePort, loadBalancer }: DeployedExposures,
): Promise<Target[]> {
  const node = firstNode();
  const pods = await appPods(settings.kubeconfig, nodePort.namespace);
  const pod = pods.find((candidate) => candidate.node === node.name);
  if (pod === undefined) throw new Error(`no pod of the app runs on ${node.name}`);
  const reach = (name: string, address: string, port: number): Target => ({
    name,
    address,
    port,
    insideOnly: false,
  });
  const zone = labCloud(settings.cloud).zoneOf(node);
  const balancers = benchCloud(settings.cloud).loadBalancers(lab.directory);
  const inZone = (hostname: string): string => {
    const balancer = balancers.find((candidate) => candidate.hostname === hostname);
    const address = balancer?.addresses.find((candidate) => candidate.zone === zone)?.address;
    if (address === undefined) throw new Error(`the load balancer ${hostname} has no address in ${zone}`);
    return address;
  };
  return [
    { ...reach(names.pod, pod.address, podPort), insideOnly: true },
    reach(names.ownDirect, node.address, httpPort(nodePort)),
    reach(names.own, inZone(nodePort.hostname), 80),
    reach(names.theirsDirect, node.address, httpPort(loadBalancer)),
    reach(names.theirs, inZone(loadBalancer.hostname), 80),
  ];
}

/** Starts each proxy on its own address in the router's network namespace, in front of the NodePort Service's node port. */
export async function startProxies(
  { lab }: BenchLab,
  { nodePort }: DeployedExposures,
  installed: readonly InstalledProxy[],
  signal: AbortSignal,
): Promise<Target[]> {
  const targets: Target[] = [];
  for (const [index, { proxy, program }] of installed.entries()) {
    const listen = `192.0.2.${index + 1}`;
    const file = join(lab.directory, proxy.file);
    // The lab may have no access to the home directory that the program is in.
    const copy = programOf(lab.directory, proxy);
    copyFileSync(program, copy);
    writeFileSync(
      file,
      proxy.configuration({ listen, target: firstNode().address, targetPort: httpPort(nodePort) }),
    );
    await runInside(lab, "router", ["ip", "address", "add", `${listen}/32`, "dev", "lo"], { signal });
    const log = join(lab.directory, `${proxy.name}.log`);
    startInside(lab, "router", proxy.command(copy, file), log);
    targets.push({ name: proxy.name, address: listen, port: proxyPort, insideOnly: false, log });
  }
  return targets;
}

/** @returns the ids of the processes that answer: pods and proxies */
export async function serversOf(
  { lab }: BenchLab,
  installed: readonly InstalledProxy[],
  signal: AbortSignal,
): Promise<string[]> {
  const proxies = installed.map(({ proxy }) => programOf(lab.directory, proxy));
  return (await runInside(lab, "client", findServers(proxies), { signal })).trim().split("\n");
}

const programOf = (directory: string, { name }: Proxy): string => join(directory, `${name}.program`);

/** Gives the client a route to each target. */
export async function prepareNetwork(
  { lab }: BenchLab,
  targets: readonly Target[],
  signal: AbortSignal,
): Promise<void> {
  const routes = clientRoutes(targets);
  for (const place of ["router", "client"] as const) {
    await runInside(lab, place, ["ip", "-batch", "-"], { input: routes[place].join("\n"), signal });
  }
  for (const place of ["router", "client", ...nodes.map(({ name }) => name)]) {
    await setSysctls(lab, place, busySysctls, signal);
  }
}

function firstNode(): NodeLayout {
  const [node] = nodes;
  if (node === undefined) throw new Error("the lab's layout has no node");
  return node;
}

function httpPort({ nodePorts, service }: DeployedExposures["nodePort"]): number {
  const { http } = nodePorts;
  if (http === undefined) throw new Error(`the Service ${service} has no node port for "http"`);
  return http;
}
