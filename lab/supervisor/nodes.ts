/** Starts the nodes: disk, init and container runtime at once, the kubelet when the cluster and the machine exist. And stops one. */
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

/** What starting a node needs. */
export interface NodeParts {
  readonly plan: LabPlan;
  readonly files: LabFiles;
  readonly cluster: ClusterPlaces;
  readonly supervisor: Supervisor;
}

/** Generous, for machines that are busy with a build. */
const nodeTimeoutMs = 30_000;
const readyTimeoutMs = 120_000;

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
  const hasRoot = (): boolean => existsSync(join(place.disk, initPidFile));
  await until(`the root file system of ${node.name}`, hasRoot, nodeTimeoutMs);
  supervisor.start(containerdOf(node), containerd(place));
}

/** Starts the kubelet, which registers the node with the cluster, and kube-proxy. */
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

/** Ends everything that runs on a node and removes its disk, as far as they exist. */
export async function stopNode(node: NodeLayout, { files, supervisor }: NodeParts): Promise<void> {
  await supervisor.remove([kubeletOf(node), kubeProxyOf(node), containerdOf(node), node.name]);
  clearNode(node, files);
}

/** Resolves once the kubelets of all these nodes have reported Ready since `before` was read. */
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
  await until(`${names.join(", ")} to become Ready`, all, readyTimeoutMs, { pauseMs: 200 });
}

/** Removes the nodes' disks: the next start has no use for them, as for those of replaced instances. */
export function clearNodes(files: LabFiles): void {
  for (const node of [...nodes, ...spareNodes]) clearNode(node, files);
}

function clearNode({ name }: NodeLayout, files: LabFiles): void {
  // Processes of a killed node may still write for a moment.
  rmSync(join(files.nodes, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 10 });
}

const containerdOf = ({ name }: NodeLayout): string => `${name}-containerd`;
const kubeletOf = ({ name }: NodeLayout): string => `${name}-kubelet`;
const kubeProxyOf = ({ name }: NodeLayout): string => `${name}-kube-proxy`;
