/** The measured comparison of the stack dev, with everything that the lab can show. */
import type { Cloud } from "../comparison/clouds/cloud.ts";
import { cloudsConfiguredBy } from "../comparison/clouds/configured.ts";
import { cloudNamed } from "../comparison/clouds/index.ts";
import { conclude } from "../comparison/conclude.ts";
import type { Findings } from "../comparison/conclude.ts";
import type { Exposure, Facts } from "../comparison/model/exposure.ts";
import { factsIn } from "../comparison/model/sourceResult.ts";
import { askAll } from "../comparison/probes/askAll.ts";
import { dryRunsIn, readEvents, readMetrics } from "../comparison/probes/kubernetes.ts";
import type { BySide } from "../comparison/result/bySide.ts";
import type { Comparison } from "../comparison/result/comparison.ts";
import { connectToCloud } from "../comparison/sources/cloudOfCluster.ts";
import { collect } from "../comparison/sources/collect.ts";
import { loadKubeconfig } from "../comparison/sources/kubernetes/kubeconfig.ts";
import { kubernetesReader } from "../comparison/sources/kubernetes/reader.ts";
import { assignOwners } from "../comparison/sources/owners.ts";
import { declaredIn } from "../comparison/sources/state.ts";
import { expectationOf } from "../comparison/traffic/expectation.ts";
import { limitsOfLab } from "../lab/fidelity/table.ts";
import type { Lab } from "../lab/lab.ts";
import { internet } from "../lab/layout.ts";
import { readLabSettings } from "../lab/settings.ts";
import type { LabSettings } from "../lab/settings.ts";
import { cloudEnvironment } from "../lab/clouds/environment.ts";
import { labCloud } from "../lab/clouds/index.ts";
import { checkout, runningLab } from "./devLab.ts";
import type { Starting } from "./devLab.ts";
import { provideDevPulumi } from "./devPulumi.ts";
import { readDevStack } from "./devStack.ts";
import { bothSides } from "./exposures.ts";
import type { DeployedExposure } from "./exposures.ts";
import { awaitHealthyTargets } from "./healthyTargets.ts";
import { labClient } from "./labClient.ts";
import { labOperations } from "./labOperations.ts";
import { nodeRulesOf } from "./nodeRules.ts";
import { sendTraffic } from "./traffic.ts";

export interface Deployed {
  /** Those that are compared. */
  readonly exposures: BySide<DeployedExposure>;
  /** The stack's state, as `pulumi stack export` prints it. */
  readonly deployment: unknown;
  readonly lab: Lab;
  readonly settings: LabSettings;
}

/** Returns when both load balancers can take traffic, or when they should have been able to. */
export async function awaitHealth(
  { exposures, settings }: Deployed,
  { progress, signal }: Starting,
): Promise<void> {
  const cloud = await labOperations(settings);
  const { clocks } = cloudNamed(settings.cloud);
  await progress.step("health of the targets", async (report) => {
    const waiting = { cloud, clocks, timeScale: settings.timeScale, signal, report };
    await Promise.all(
      [exposures.left, exposures.right].map((exposure) => awaitHealthyTargets(exposure, waiting)),
    );
  });
}

/** Compares the stack as it is deployed now. @param clouds as in `conclude` */
export async function compareAsDeployed(starting: Starting, clouds?: readonly Cloud[]): Promise<Comparison> {
  const settings = readLabSettings(checkout);
  const lab = runningLab(settings);
  const { outputs, deployment } = await readDevStack(await provideDevPulumi(starting));
  const deployed = { exposures: bothSides(outputs, settings), deployment, lab, settings };
  return compareDevStack(deployed, starting, clouds === undefined ? {} : { clouds });
}

/** What a comparison considers besides the stack. */
export type Considered = Pick<Findings, "scenarios" | "clouds">;

/** @param considered with the results of scenarios that this run has run before */
export async function compareDevStack(
  deployed: Deployed,
  starting: Starting,
  considered: Considered = {},
): Promise<Comparison> {
  return concludeOnLab(await findingsOf(deployed, starting), deployed, considered);
}

/** @param found as in `findingsOf` @param considered as in `compareDevStack` */
export function concludeOnLab(
  found: Omit<Findings, "made">,
  { settings }: Pick<Deployed, "settings">,
  considered: Considered,
): Comparison {
  const clouds = considered.clouds ?? cloudsOfLab(settings);
  return conclude({
    ...considered,
    ...found,
    ...(clouds === undefined ? {} : { clouds }),
    made: new Date(),
  });
}

/** With the controllers as the lab configures them; undefined if it leaves them as they are. */
function cloudsOfLab({ cloud }: LabSettings): readonly Cloud[] | undefined {
  const text = labCloud(cloud).controllerConfig?.();
  return text === undefined ? undefined : cloudsConfiguredBy(text, "the lab's cloud.conf");
}

/** What is found of the stack: its objects, answers to requests and to queries. */
export async function findingsOf(
  { exposures, deployment, lab, settings }: Deployed,
  { progress, signal }: Starting,
): Promise<Omit<Findings, "made">> {
  const client = labClient(checkout, lab, signal);
  const kubeconfig = (): ReturnType<typeof loadKubeconfig> => loadKubeconfig(settings.kubeconfig);
  const kubernetes = kubernetesReader(kubeconfig);
  const sources = {
    kubernetes,
    cloud: await connectToCloud(kubernetes, cloudEnvironment(settings)),
    resolve4: client.resolve4,
    nodeRules: nodeRulesOf(lab, signal),
  };
  const collected = await progress.step("the objects of both ways", () =>
    collect({ left: serviceOf(exposures.left), right: serviceOf(exposures.right) }, sources),
  );
  const facts = assignOwners(collected, declaredIn(deployment, cloudNamed(settings.cloud)));
  const traffic = await progress.step("requests from the client", async () => {
    const send = (exposure: DeployedExposure, side: Exposure): ReturnType<typeof sendTraffic> =>
      sendTraffic(exposure, expectationOf(side, facts.cluster, internet.client), client);
    const [left, right] = await Promise.all([
      send(exposures.left, facts.left),
      send(exposures.right, facts.right),
    ]);
    return { left, right };
  });
  const probes = await progress.step("queries to the cluster and its nodes", () =>
    askAll(facts, {
      createInDryRun: dryRunsIn(kubeconfig(), exposures.left.namespace),
      metrics: () => readMetrics(kubeconfig()),
      events: (namespace, name) => readEvents(kubeconfig(), namespace, name),
      nodePorts: client.nodePorts,
    }),
  );
  return { facts, probes, traffic, limits: await limitsAt(settings, facts) };
}

function serviceOf({ namespace, service }: DeployedExposure): { namespace: string; name: string } {
  return { namespace, name: service };
}

/** The first limit is the speed of the clocks, which results depend on. The report itself names Kubernetes' version and kube-proxy's mode. */
async function limitsAt({ cloud, timeScale }: LabSettings, facts: Facts): Promise<string[]> {
  const { title } = cloudNamed(cloud);
  const clocks =
    timeScale === 1
      ? `${title} is imitated: its API, its load balancers' data plane and their clocks, which run in real time.`
      : `${title} is imitated: its API, its load balancers' data plane, and their clocks, which run ${timeScale} times as fast as ${title}'s.`;
  const version = factsIn(facts.cluster)?.kubernetesVersion;
  const others =
    version === undefined ? [] : [`The cluster runs Kubernetes ${version}; other versions may do otherwise.`];
  return [clocks, ...others, ...(await limitsOfLab(cloud))];
}
