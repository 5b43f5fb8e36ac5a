/**
 * The policy Local in front of a NodePort Service that has a healthCheckNodePort by way of a second Service, beside the cloud controller manager's, on a separate lab.
 * These tests prove nothing about AWS itself: its API is emulated.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppsV1Api, CoreV1Api, KubeConfig, V1ScaleSpec } from "@kubernetes/client-node";
import { clientProgram } from "../../cli/verify/clientProgram.ts";
import { trafficClient } from "../../cli/verify/trafficClient.ts";
import { requestsTo } from "../../comparison/traffic/requests.ts";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { cloudEnvironment } from "../../lab/clouds/environment.ts";
import { labStatus } from "../../lab/lab.ts";
import { targetsOf } from "../live/clouds/aws/account.ts";
import { eventually } from "../live/eventually.ts";
import { healthyTargets } from "../live/healthyTargets.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

const program = `
import { EchoApp, findClusterNetwork, LoadBalancerExposure, NodePortExposure } from "./components/index.ts";

const { namespace, selector, deployment } = new EchoApp("app");
const args = {
  namespace,
  selector,
  ports: [{ name: "http", port: 80, targetPort: "http", appProtocol: "http" }],
  loadBalancerSourceRanges: ["198.51.100.0/24"],
  externalTrafficPolicy: "Local",
} as const;
const network = await findClusterNetwork("dev");
const own = new NodePortExposure("own", { ...args, network, healthCheckNodePort: 30080 });
const ccm = new LoadBalancerExposure("ccm", args, { dependsOn: own.loadBalancer.sharedNodeRules });
const nameOf = ({ service }: typeof own | typeof ccm) =>
  service.metadata.apply(({ namespace, name }) => namespace + "/" + name);
export const hostnames = [own, ccm].map(({ addresses }) => addresses.apply(([first]) => first));
export const services = [nameOf(own), nameOf(ccm)];
export const app = deployment.metadata;
`;

interface Named {
  readonly name: string;
  readonly namespace: string;
}

describe("a health check of a NodePort Service under the policy Local", function () {
  this.timeout(minutes(5));
  let project: Project;
  let hostnames: readonly string[];

  const elbv2 = () => labClients(project.settings).elbv2;
  const cluster = (): KubeConfig => {
    const config = new KubeConfig();
    config.loadFromFile(project.settings.kubeconfig);
    return config;
  };
  const unhealthy = async (hostname: string): Promise<number> =>
    (await targetsOf(elbv2(), hostname)).filter(({ TargetHealth }) => TargetHealth?.State !== "healthy")
      .length;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    await project.succeed("lab", "up");
    writeFileSync(join(project.directory, "index.ts"), program);
    await project.succeed("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
    hostnames = await project.output("hostnames");
    await healthyTargets(elbv2(), hostnames);
  });
  after(() => project.remove());

  it("is the same as that of a LoadBalancer Service", async () => {
    project.environment = cloudEnvironment(project.settings);
    const { verdict, explanations } = await project.compared(await project.output<string[]>("services"));
    assert.deepEqual([verdict.kind, verdict.reasons], ["equivalent", []]);
    assert.ok(!explanations.some(({ id }) => id === "health-check-node-port"));
  });

  it("takes a node out while its last pod still answers, so that no request is lost", async () => {
    const { running } = labStatus(project.settings.directory);
    assert.ok(running !== undefined);
    const stop = new AbortController();
    const traffic = trafficClient(() => clientProgram(running, project.directory), stop.signal);
    const { name, namespace } = await project.output<Named>("app");
    const apps = cluster().makeApiClient(AppsV1Api);
    const scale = async (replicas: number): Promise<void> => {
      const body = await apps.readNamespacedDeploymentScale({ name, namespace });
      body.spec = Object.assign(new V1ScaleSpec(), { replicas });
      await apps.replaceNamespacedDeploymentScale({ name, namespace, body });
    };
    const pods = async () =>
      (await cluster().makeApiClient(CoreV1Api).listNamespacedPod({ namespace })).items.length;
    // Requests go on for 40 s: a pod sleeps for 25 s before it ends.
    const load = { ...requestsTo(`http://${hostnames[0] ?? ""}`), requests: 400, seconds: 45, perSecond: 10 };
    const { ended } = await traffic.startLoads([load]);
    await scale(2);
    await eventually(
      "both load balancers have taken a node out",
      async () => (await Promise.all(hostnames.map(unhealthy))).every((count) => count === 1),
      40_000,
    );
    assert.equal(await pods(), 3, "the pod has not ended yet");
    const lost = (await ended).filter(({ outcome }) => outcome.kind !== "answered");
    stop.abort();
    assert.deepEqual(lost, []);
    assert.equal(await pods(), 2);
  });

  it("leaves nothing behind, and stays as it is without a change", async () => {
    await project.succeed("pulumi", "preview", "--expect-no-changes", "--non-interactive");
    await project.succeed("pulumi", "destroy", "--yes", "--skip-preview", "--non-interactive");
    const { items } = await cluster().makeApiClient(CoreV1Api).listServiceForAllNamespaces();
    assert.deepEqual(
      items.filter(({ spec }) => spec?.loadBalancerClass !== undefined),
      [],
    );
  });
});
