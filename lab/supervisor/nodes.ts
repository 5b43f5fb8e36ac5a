/** Starts the nodes: their disk, their init and container runtime at once, the kubelet when cluster and instance are there. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { prepareImages } from "../cluster/images.ts";
import { readyNodes } from "../cluster/kubectl.ts";
import type { Kubectl, NodeObject } from "../cluster/kubectl.ts";
import { containerd, kubeProxy, kubelet, nodeInit } from "../cluster/node.ts";
import type { NodePlace } from "../cluster/node.ts";
import { furnishNode, writeKubeletConfiguration } from "../cluster/nodeFiles.ts";
import { initPidFile } from "../cluster/nodeRoot.ts";
import { nodePlace } from "../cluster/places.ts";
import type { ClusterPlaces } from "../cluster/places.ts";
import type { LabFiles } from "../files.ts";
import { nodes } from "../layout.ts";
import type { NodeLayout } from "../layout.ts";
import type { LabPlan } from "../plan.ts";
import { until } from "./until.ts";
import type { Supervisor } from "./supervisor.ts";

/** In milliseconds; generous, for machines that are busy with a build. */
const nodeTimeout = 30_000;
const readyTimeout = 120_000;

/** Resolves once every node has its disk, its namespaces and a container runtime that is starting. */
export async function startNodes(
  plan: LabPlan,
  files: LabFiles,
  cluster: ClusterPlaces,
  supervisor: Supervisor,
  imported: () => void,
): Promise<void> {
  await prepareImages({
    bin: cluster.bin,
    images: plan.tools.images,
    store: cluster.images,
    logs: files.logs,
  });
  imported();
  await Promise.all(
    nodes.map(async (node) => {
      const place = nodePlace(plan, files, node);
      await furnishNode(node, place, cluster);
      supervisor.start(node.name, nodeInit(node, place, [plan.tools.root]));
      await until(
        `${node.name}'s root`,
        () => Promise.resolve(existsSync(join(place.disk, initPidFile))),
        nodeTimeout,
      );
      supervisor.start(`${node.name}-containerd`, containerd(place));
    }),
  );
}

/** Starts what registers a node with the cluster. */
export function joinCluster(
  node: NodeLayout,
  place: NodePlace,
  instanceId: string,
  supervisor: Supervisor,
): void {
  writeKubeletConfiguration(node, place, instanceId);
  supervisor.start(`${node.name}-kubelet`, kubelet(node, place));
  supervisor.start(`${node.name}-kube-proxy`, kubeProxy(place));
}

/** Resolves once every node's kubelet has said Ready since `before` was read. */
export async function nodesReady(kubectl: Kubectl, before: readonly NodeObject[]): Promise<void> {
  const all = async (): Promise<boolean> => readyNodes(await kubectl.nodes(), before).length === nodes.length;
  await until("all nodes Ready", all, readyTimeout, 200);
}
