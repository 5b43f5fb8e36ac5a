/** The lab's start: each step begins as soon as what it needs is there. */
import { join } from "node:path";
import type { CloudAccount, CloudRun, LabCloud } from "../clouds/cloud.ts";
import { labCloud } from "../clouds/index.ts";
import { apiServerAddress } from "../cluster/controlPlane.ts";
import { kubeconfig } from "../cluster/kubeconfig.ts";
import { Kubectl } from "../cluster/kubectl.ts";
import { clusterPlaces } from "../cluster/places.ts";
import { takeOverState } from "../cluster/stateVersion.ts";
import { takeOverShape } from "./stateShape.ts";
import { clusterDnsObjects, coreDns } from "../cluster/clusterDns.ts";
import { cloudControllerRoles } from "../cluster/roles.ts";
import { writeWhole } from "../files.ts";
import type { LabFiles } from "../files.ts";
import { openEntrySocket } from "../forward/entrySocket.ts";
import { nodeNetwork, nodes, spareNodes } from "../layout.ts";
import { preparedBy } from "../tools/python.ts";
import { inNamespace, makeNetwork } from "../network/network.ts";
import type { LabPlan } from "../plan.ts";
import { ownProgram } from "../program.ts";
import { startApiServer, startControllers, writeCredentials } from "./controlPlane.ts";
import { coverHost } from "./mounts.ts";
import { clearNodes, joinCluster, nodesReady, startNodes } from "./nodes.ts";
import type { NodeParts } from "./nodes.ts";
import type { StatusReport } from "./status.ts";
import type { Supervisor } from "./supervisor.ts";

/** What a cluster has from its start, as a manifest for `kubectl apply`. @param ofCloud what its controllers need */
const startObjects = (ofCloud: readonly object[]) => ({
  apiVersion: "v1",
  kind: "List",
  items: [...cloudControllerRoles, ...clusterDnsObjects, ...ofCloud],
});

/** What nodes that join later need of a lab that has started. */
export interface StartedLab extends NodeParts {
  readonly kubectl: Kubectl;
  readonly account: CloudAccount;
}

export async function startLab(
  plan: LabPlan,
  files: LabFiles,
  supervisor: Supervisor,
  report: StatusReport,
): Promise<StartedLab> {
  const cloud = labCloud(plan.cloud);
  const cluster = clusterPlaces(plan, files);
  const parts = { plan, files, cluster, supervisor };
  takeOverState(plan, files);
  takeOverShape(plan, files);
  // A killed lab leaves them.
  clearNodes(files);
  await coverHost();
  await makeNetwork();
  report.done("network");
  const wanted = plan.tools.loadBalancerController === undefined ? undefined : cloud.loadBalancerController;
  await writeCredentials(cluster, wanted?.identities ?? []);

  const machines = startNodes(parts, () => {
    report.done("images");
  }).then(() => {
    report.done("nodes started");
  });
  const furnishing = startCloud(cloud, cloudRun(plan, files, supervisor), report);
  const controlPlane = startApiServer(cluster, plan, supervisor).then(() => {
    startControllers(cluster, supervisor);
    report.done("API server");
  });
  await openEntrySockets(plan, cloud, cluster.certificates);

  const [account] = await Promise.all([furnishing, controlPlane]);
  account.startLoadBalancing();
  startNames(plan, files, cloud, supervisor);
  const kubectl = new Kubectl(cluster.bin, join(cluster.kubeconfigs, "admin"));
  await Promise.all([
    kubectl.apply(startObjects(account.controllerObjects(cluster))).then(async () => {
      supervisor.start("coredns", coreDns(cluster));
      await account.startControllers(cluster, kubectl);
      report.done("controllers");
    }),
    Promise.all([kubectl.nodes(), machines]).then(async ([before]) => {
      for (const node of nodes) joinCluster(node, account.machineOf(node), parts);
      await nodesReady(kubectl, { nodes, before });
      report.done("nodes ready");
    }),
    forgetSpareNodes(kubectl),
  ]);
  return { ...parts, kubectl, account };
}

const cloudRun = (
  { checkout, ports, tools, timeScale, quotas, shape }: LabPlan,
  files: LabFiles,
  supervisor: Supervisor,
): CloudRun => ({
  checkout,
  state: files.state,
  python: tools.python,
  prepared: preparedBy(tools.python),
  apiUrl: `http://127.0.0.1:${ports.cloudApi}`,
  ...(tools.programs === undefined ? {} : { programs: tools.programs }),
  timeScale,
  ...(quotas === undefined ? {} : { quotas }),
  ...(shape === undefined ? {} : { shape }),
  ...(tools.loadBalancerController === undefined
    ? {}
    : { loadBalancerController: tools.loadBalancerController }),
  ...(tools.loadBalancerProxy === undefined ? {} : { loadBalancerProxy: tools.loadBalancerProxy }),
  start: (name, command) => {
    supervisor.start(name, command);
  },
  throwIfFailing: (name) => {
    supervisor.process(name).throwIfFailing();
  },
});

/** Resolves once the cloud's API answers and its account is furnished. */
async function startCloud(cloud: LabCloud, run: CloudRun, report: StatusReport): Promise<CloudAccount> {
  const connected = await cloud.connect();
  await connected.startApi(run);
  report.done("cloud API");
  const account = await connected.furnish(run);
  report.done("cloud account");
  return account;
}

/** The resolver of the nodes' network, and the host's ports that lead to load balancers by name. */
function startNames(plan: LabPlan, files: LabFiles, cloud: LabCloud, supervisor: Supervisor): void {
  const chosen = ["--cloud", cloud.name];
  const place = ["--address", nodeNetwork.resolver, "--state", files.state];
  supervisor.start("dns", ownProgram(plan.checkout, "lab/dns/main.ts", [...chosen, ...place]));
  const forward = ownProgram(plan.checkout, "lab/forward/main.ts", chosen);
  const [program = "", ...args] = inNamespace("client", [forward.program, ...forward.args]);
  supervisor.start("entry-ports", { program, args });
}

/** Removes the Nodes that an earlier run's spare nodes left, and the pods that no kubelet runs any more. */
async function forgetSpareNodes(kubectl: Kubectl): Promise<void> {
  const there = await kubectl.nodes();
  for (const { name } of spareNodes) {
    if (!there.some(({ metadata }) => metadata.name === name)) continue;
    await kubectl.deleteNode(name);
    await kubectl.deletePodsOf(name);
  }
}

/** The ports that lead to the supervisor's own network namespace, and the kubeconfig that names one of them. */
async function openEntrySockets(plan: LabPlan, cloud: LabCloud, certificates: string): Promise<void> {
  process.chdir(join(plan.directory, "run"));
  await openEntrySocket("kubernetes", () => Promise.resolve(apiServerAddress));
  await openEntrySocket("cloudApi", () => Promise.resolve(cloud.apiAddress));
  const server = `https://127.0.0.1:${plan.ports.kubernetes}`;
  writeWhole(plan.kubeconfig, kubeconfig(certificates, "admin", server), 0o600);
}
