/** Pods as targets of the AWS Load Balancer Controller on the lab. The AWS API is emulated: what AWS itself would refuse is not shown. */
import assert from "node:assert/strict";
import { targetGroupsOf, targetsOf } from "../account.ts";
import { eventually } from "../../../eventually.ts";
import { healthyTargets } from "../../../healthyTargets.ts";
import { buildTimeout, minutes } from "../../../tools.ts";
import { ControllerLab } from "./controllerLab.ts";

const prefix = "service.beta.kubernetes.io/aws-load-balancer-";
const image = "registry.k8s.io/e2e-test-images/agnhost:2.59";
const app = { app: "web" };
const gated = "gated";

const deployment = (namespace: string, replicas: number) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace },
  spec: {
    replicas,
    selector: { matchLabels: app },
    template: {
      metadata: { labels: app },
      spec: { containers: [{ name: "web", image, args: ["netexec"] }] },
    },
  },
});

const service = (
  namespace: string,
  annotations: Readonly<Record<string, string>> = {},
  spec: object = {},
) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: {
    name: "web",
    namespace,
    annotations: {
      [`${prefix}scheme`]: "internet-facing",
      [`${prefix}nlb-target-type`]: "ip",
      ...annotations,
    },
  },
  spec: {
    type: "LoadBalancer",
    loadBalancerClass: "service.k8s.aws/nlb",
    selector: app,
    ports: [{ name: "http", port: 80, targetPort: 8080 }],
    ...spec,
  },
});

describe("pods as targets of the AWS Load Balancer Controller", function () {
  this.timeout(minutes(3));
  let lab: ControllerLab;

  before(async function () {
    this.timeout(buildTimeout);
    lab = await ControllerLab.start();
    await lab.create({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: gated, labels: { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" } },
    });
  });
  after(() => lab.stop());

  const pods = async (namespace: string) =>
    (await lab.cluster.listNamespacedPod({ namespace, labelSelector: "app=web" })).items;
  const hostIn = async (namespace: string): Promise<string> => {
    let host = "";
    await eventually(`the Service in ${namespace} has a load balancer`, async () => {
      const { status } = await lab.cluster.readNamespacedService({ namespace, name: "web" });
      host = status?.loadBalancer?.ingress?.[0]?.hostname ?? "";
      return host !== "";
    });
    return host;
  };

  it("are registered by their own addresses, which their node's network interface has, without node ports", async () => {
    await lab.create(deployment("default", 3));
    await lab.create(
      service(
        "default",
        { [`${prefix}attributes`]: "load_balancing.cross_zone.enabled=true" },
        { allocateLoadBalancerNodePorts: false },
      ),
    );
    const host = await hostIn("default");
    await healthyTargets(lab.aws.elbv2, [host]);
    const { spec } = await lab.cluster.readNamespacedService({ namespace: "default", name: "web" });
    assert.deepEqual(
      spec?.ports?.map(({ nodePort }) => nodePort),
      [undefined],
    );
    const [group] = await targetGroupsOf(lab.aws.elbv2, host);
    assert.deepEqual([group?.TargetType, group?.Port, group?.HealthCheckPort], ["ip", 8080, "traffic-port"]);
    const targets = await targetsOf(lab.aws.elbv2, host);
    assert.deepEqual(
      targets.map(({ Target }) => `${Target?.Id ?? ""}:${Target?.Port ?? 0}`).sort(),
      (await pods("default")).map(({ status }) => `${status?.podIP ?? ""}:8080`).sort(),
    );
    const rules = await lab.nodeRules();
    assert.deepEqual(
      rules.filter(({ description }) => description !== "").map(({ traffic }) => traffic),
      ["tcp 8080-8080"],
    );
    await eventually("the client is answered", () =>
      lab.asked(host, 80).then(
        (pod) => pod.startsWith("web-"),
        () => false,
      ),
    );
  });

  it("are Ready in a namespace with readiness gates only once the load balancer calls them healthy", async () => {
    await lab.create(service(gated));
    const host = await hostIn(gated);
    await lab.create(deployment(gated, 1));
    await eventually("a pod is a target", async () => (await targetsOf(lab.aws.elbv2, host)).length === 1);
    const [pod] = await pods(gated);
    const [gate] = pod?.spec?.readinessGates ?? [];
    assert.match(gate?.conditionType ?? "", /^target-health\.elbv2\.k8s\.aws\/k8s-gated-web-/);
    const is = async (type: string): Promise<string | undefined> =>
      (await pods(gated))[0]?.status?.conditions?.find((condition) => condition.type === type)?.status;
    assert.equal(await is("ContainersReady"), "True");
    assert.equal(await is("Ready"), "False");
    await healthyTargets(lab.aws.elbv2, [host]);
    await eventually("the pod is Ready", async () => (await is("Ready")) === "True");
  });
});
