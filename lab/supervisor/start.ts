/** The lab's start, each step as soon as what it needs is there. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Account } from "../aws/account.ts";
import { apiServerAddress } from "../cluster/controlPlane.ts";
import { kubeconfig } from "../cluster/kubeconfig.ts";
import { Kubectl } from "../cluster/kubectl.ts";
import { clusterPlaces, nodePlace } from "../cluster/places.ts";
import { cloudControllerRoles } from "../cluster/roles.ts";
import { writeWhole } from "../files.ts";
import type { LabFiles } from "../files.ts";
import { openSocketDoor } from "../forward/socketDoor.ts";
import { awsPort, nodes } from "../layout.ts";
import { makeNetwork } from "../network/network.ts";
import type { LabPlan } from "../plan.ts";
import { startAwsApi, startCloudController, startLoadBalancing } from "./aws.ts";
import { startApiServer, startControllers, writeCredentials } from "./controlPlane.ts";
import { coverHost } from "./mounts.ts";
import { joinCluster, nodesReady, startNodes } from "./nodes.ts";
import type { StatusReport } from "./status.ts";
import type { Supervisor } from "./supervisor.ts";

export async function startLab(
  plan: LabPlan,
  files: LabFiles,
  supervisor: Supervisor,
  report: StatusReport,
): Promise<void> {
  const cluster = clusterPlaces(plan, files);
  // A lab that was killed left them.
  clearNodes(files);
  await coverHost();
  await makeNetwork();
  report.done("network");
  await writeCredentials(cluster);

  const machines = startNodes(plan, files, cluster, supervisor, () => {
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

  const [{ nodes: instances, ...vpc }] = await Promise.all([account, controlPlane]);
  startLoadBalancing(plan, files, supervisor);
  const kubectl = new Kubectl(cluster.bin, join(cluster.kubeconfigs, "admin"));
  await Promise.all([
    kubectl.apply(cloudControllerRoles).then(() => {
      startCloudController({ ...vpc, nodes: instances }, cluster, supervisor);
      report.done("controllers");
    }),
    Promise.all([kubectl.nodes(), machines]).then(async ([before]) => {
      for (const node of nodes)
        joinCluster(node, nodePlace(plan, files, node), instanceOf(instances, node.name), supervisor);
      await nodesReady(kubectl, before);
      report.done("nodes ready");
    }),
  ]);
}

/** Removes the nodes' disks: like a replaced instance's, they are worth nothing to the next start. */
export function clearNodes(files: LabFiles): void {
  for (const { name } of nodes) rmSync(join(files.nodes, name), { recursive: true, force: true });
}

function instanceOf(instances: Account["nodes"], name: string): string {
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
