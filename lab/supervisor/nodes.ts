/** Starts the nodes: their disk, their init and container runtime at once, the kubelet when cluster and instance are there. And stops one. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { prepareImages } from "../cluster/images.ts";
import { readyNodes } from "../cluster/kubectl.ts";
import type { Kubectl, NodeObject } from "../cluster/kubectl.ts";
import { containerd, kubeProxy, kubelet, nodeInit } from "../cluster/node.ts";
import { furnishNode, writeKubeletConfiguration } from "../cluster/nodeFiles.ts";
import { initPidFile } from "../cluster/nodeRoot.ts";
import { nodePlace } from "../cluster/places.ts";
import type { ClusterPlaces } from "../cluster/places.ts";
import type { Machine } from "../clouds/cloud.ts";
import type { LabFiles } from "../files.ts";
import { nodes, spareNodes } from "../layout.ts";
import type { NodeLayout } from "../layout.ts";
import type { LabPlan } from "../plan.ts";
import { until } from "../until.ts";
import type { Supervisor } from "./supervisor.ts";

/** What nodes are made of. */
export interface NodeParts {
  readonly plan: LabPlan;
  readonly files: LabFiles;
  readonly cluster: ClusterPlaces;
  readonly supervisor: Supervisor;
}

/** In milliseconds; generous, for machines that are busy with a build. */
const nodeTimeout = 30_000;
const readyTimeout = 120_000;

/** Resolves once every node has its disk, its namespaces and a container runtime that is starting. */
export async function startNodes(parts: NodeParts, imported: () => void): Promise<void> {
  const { plan, files, cluster } = parts;
  await prepareImages({
    bin: cluster.bin,
    images: plan.tools.images,
    store: cluster.images,
    logs: files.logs,
  });
  imported();
  await Promise.all(nodes.map((node) => startNode(node, parts)));
}

/** As {@link startNodes}, for one node whose network is there. */
export async function startNode(
  node: NodeLayout,
  { plan, files, cluster, supervisor }: NodeParts,
): Promise<void> {
  const place = nodePlace(plan, files, node);
  await furnishNode(node, place, cluster);
  supervisor.start(node.name, nodeInit(node, place, [plan.tools.root]));
  await until(
    `${node.name}'s root`,
    () => Promise.resolve(existsSync(join(place.disk, initPidFile))),
    nodeTimeout,
  );
  supervisor.start(containerdOf(node), containerd(place));
}

/** Starts what registers a node with the cluster. */
export function joinCluster(
  node: NodeLayout,
  machine: Machine,
  { plan, files, supervisor }: NodeParts,
): void {
  const place = nodePlace(plan, files, node);
  writeKubeletConfiguration(node, place, machine);
  supervisor.start(kubeletOf(node), kubelet(node, place, machine));
  supervisor.start(kubeProxyOf(node), kubeProxy(place));
}

/** Ends all that runs on a node and removes its disk, whatever of it there is. */
export async function stopNode(node: NodeLayout, { files, supervisor }: NodeParts): Promise<void> {
  await supervisor.remove([kubeletOf(node), kubeProxyOf(node), containerdOf(node), node.name]);
  clearNode(node, files);
}

/** Resolves once the kubelets of all these nodes have said Ready since `before` was read. */
export async function nodesReady(
  kubectl: Kubectl,
  {
    nodes: expected,
    before,
  }: { readonly nodes: readonly NodeLayout[]; readonly before: readonly NodeObject[] },
): Promise<void> {
  const names = expected.map(({ name }) => name);
  const all = async (): Promise<boolean> => {
    const ready = readyNodes(await kubectl.nodes(), before);
    return names.every((name) => ready.includes(name));
  };
  await until(`${names.join(", ")} Ready`, all, readyTimeout, 200);
}

/** Removes the nodes' disks: like a replaced instance's, they are worth nothing to the next start. */
export function clearNodes(files: LabFiles): void {
  for (const node of [...nodes, ...spareNodes]) clearNode(node, files);
}

function clearNode({ name }: NodeLayout, files: LabFiles): void {
  // What runs on a killed node may write its last a moment longer.
  rmSync(join(files.nodes, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 10 });
}

const containerdOf = ({ name }: NodeLayout): string => `${name}-containerd`;
const kubeletOf = ({ name }: NodeLayout): string => `${name}-kubelet`;
const kubeProxyOf = ({ name }: NodeLayout): string => `${name}-kube-proxy`;
