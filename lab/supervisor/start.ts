/** The lab's start, each step as soon as what it needs is there. */
import { join } from "node:path";
import { instancePlace } from "../clouds/aws/account/account.ts";
import type { AccountNode, InstancePlace } from "../clouds/aws/account/instances.ts";
import { apiServerAddress } from "../cluster/controlPlane.ts";
import { kubeconfig } from "../cluster/kubeconfig.ts";
import { Kubectl } from "../cluster/kubectl.ts";
import { clusterPlaces } from "../cluster/places.ts";
import { cloudControllerRoles } from "../cluster/roles.ts";
import { writeWhole } from "../files.ts";
import type { LabFiles } from "../files.ts";
import { openSocketDoor } from "../forward/socketDoor.ts";
import { awsPort, nodes, spareNodes } from "../layout.ts";
import { makeNetwork } from "../network/network.ts";
import type { LabPlan } from "../plan.ts";
import { startAwsApi, startCloudController, startLoadBalancing } from "./aws.ts";
import { startApiServer, startControllers, writeCredentials } from "./controlPlane.ts";
import { coverHost } from "./mounts.ts";
import { clearNodes, joinCluster, nodesReady, startNodes } from "./nodes.ts";
import type { NodeParts } from "./nodes.ts";
import type { StatusReport } from "./status.ts";
import type { Supervisor } from "./supervisor.ts";

/** What nodes that join later need of a lab that has started. */
export interface StartedLab extends NodeParts {
  readonly kubectl: Kubectl;
  readonly instances: InstancePlace;
}

export async function startLab(
  plan: LabPlan,
  files: LabFiles,
  supervisor: Supervisor,
  report: StatusReport,
): Promise<StartedLab> {
  const cluster = clusterPlaces(plan, files);
  const parts = { plan, files, cluster, supervisor };
  // A lab that was killed left them.
  clearNodes(files);
  await coverHost();
  await makeNetwork();
  report.done("network");
  await writeCredentials(cluster);

  const machines = startNodes(parts, () => {
    report.done("images");
  }).then(() => {
    report.done("nodes started");
  });
  const account = startAwsApi(plan, files, supervisor, report);
  const controlPlane = startApiServer(cluster, supervisor).then(() => {
    startControllers(cluster, supervisor);
    report.done("API server");
  });
  await openDoorsInside(plan, cluster.certificates);

  const [aws] = await Promise.all([account, controlPlane]);
  startLoadBalancing(plan, files, supervisor);
  const kubectl = new Kubectl(cluster.bin, join(cluster.kubeconfigs, "admin"));
  await Promise.all([
    kubectl.apply(cloudControllerRoles).then(() => {
      startCloudController(aws, cluster, supervisor);
      report.done("controllers");
    }),
    Promise.all([kubectl.nodes(), machines]).then(async ([before]) => {
      for (const node of nodes) joinCluster(node, instanceOf(aws.nodes, node.name), parts);
      await nodesReady(kubectl, { nodes, before });
      report.done("nodes ready");
    }),
    forgetSpareNodes(kubectl),
  ]);
  return { ...parts, kubectl, instances: instancePlace(aws) };
}

/** Removes the Nodes that spare nodes of an earlier run left, and the pods that nobody runs any more. */
async function forgetSpareNodes(kubectl: Kubectl): Promise<void> {
  const there = await kubectl.nodes();
  for (const { name } of spareNodes) {
    if (!there.some(({ metadata }) => metadata.name === name)) continue;
    await kubectl.deleteNode(name);
    await kubectl.deletePodsOf(name);
  }
}

function instanceOf(instances: readonly AccountNode[], name: string): string {
  const found = instances.find((instance) => instance.name === name);
  if (found === undefined) throw new Error(`the emulated account has no instance for ${name}`);
  return found.instanceId;
}

/** The doors that lead to the supervisor's own network namespace, and the kubeconfig that names one of them. */
async function openDoorsInside(plan: LabPlan, certificates: string): Promise<void> {
  process.chdir(labRun(plan));
  await openSocketDoor("kubernetes", () => Promise.resolve(apiServerAddress));
  await openSocketDoor("aws", () => Promise.resolve({ host: "127.0.0.1", port: awsPort }));
  const server = `https://127.0.0.1:${plan.ports.kubernetes.toString()}`;
  writeWhole(plan.kubeconfig, kubeconfig(certificates, "admin", server), 0o600);
}

const labRun = (plan: LabPlan): string => join(plan.directory, "run");
