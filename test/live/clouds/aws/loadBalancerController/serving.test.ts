/** Services that the AWS Load Balancer Controller serves on the lab, from the first to the last day. The AWS API is emulated: what AWS itself would refuse is not shown. */
import assert from "node:assert/strict";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import type { V1Service } from "@kubernetes/client-node";
import type { Orphans } from "../../../../../comparison/result/orphans.ts";
import { attributesOf, loadBalancerNamed, targetGroupsOf, targetsOf } from "../account.ts";
import { eventually } from "../../../eventually.ts";
import { healthyTargets } from "../../../healthyTargets.ts";
import { buildTimeout, minutes } from "../../../tools.ts";
import { ControllerLab, leftoversIn, namespace, ownGroupsIn } from "./controllerLab.ts";
import type { Manifest } from "./controllerLab.ts";

const prefix = "service.beta.kubernetes.io/aws-load-balancer-";
const app = { app: "web" };
const port = (number: number) => ({ name: `port-${number}`, port: number, targetPort: 8080 });

const web = (
  name: string,
  spec: object = {},
  annotations: Readonly<Record<string, string>> = {},
  inNamespace: string = namespace,
): Manifest => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: inNamespace, annotations },
  spec: { type: "LoadBalancer", selector: app, ports: [port(80)], ...spec },
});
const namespaceByDefault = (name: string): Manifest => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels: { "aws-load-balancer-controller/default": "enabled" } },
});
const loadBalancerClass = "service.k8s.aws/nlb";
const facing = { [`${prefix}scheme`]: "internet-facing" };

describe("the AWS Load Balancer Controller on the lab", function () {
  this.timeout(minutes(4));
  let lab: ControllerLab;

  before(async function () {
    this.timeout(buildTimeout);
    lab = await ControllerLab.start();
    const image = "registry.k8s.io/e2e-test-images/agnhost:2.59";
    await lab.create({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", namespace },
      spec: {
        replicas: 3,
        selector: { matchLabels: app },
        template: {
          metadata: { labels: app },
          spec: { containers: [{ name: "web", image, args: ["netexec"] }] },
        },
      },
    });
  });
  after(() => lab.stop());

  /** The data plane follows the account a moment later. */
  const isAnswered = (host: string, port: number): Promise<boolean> =>
    lab.asked(host, port).then(
      (pod) => pod.startsWith("web-"),
      () => false,
    );
  const classOf = async (inNamespace: string): Promise<string | undefined> =>
    (await lab.cluster.readNamespacedService({ name: "web", namespace: inNamespace })).spec
      ?.loadBalancerClass;
  const addressesOf = async (inNamespace: string): Promise<number | undefined> =>
    (await lab.cluster.readNamespacedService({ name: "web", namespace: inNamespace })).status?.loadBalancer
      ?.ingress?.length;
  const patch = (name: string, body: object): Promise<V1Service> =>
    lab.cluster.patchNamespacedService(
      { namespace, name, body },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );

  it("gives a Service of its class a load balancer that answers the client", async () => {
    await lab.create(web("web", { loadBalancerClass }, facing));
    const host = await lab.servedHostname("web");
    assert.match(host, /^k8s-default-web-[0-9a-f]{10}-[0-9a-f]+\.elb\.us-west-2\.amazonaws\.com$/);
    await healthyTargets(lab.aws.elbv2, [host]);
    await eventually("the client is answered", () => isAnswered(host, 80));
  });

  it("leaves it alone what is the cloud controller manager's, which in turn leaves alone what is of the class", async () => {
    await lab.create(web("classic", {}, { [`${prefix}type`]: "nlb" }));
    const host = await lab.servedHostname("classic");
    assert.match(host, /^a[0-9a-f]{31}-/);
    const { LoadBalancers = [] } = await lab.aws.elbv2.send(new DescribeLoadBalancersCommand({}));
    assert.deepEqual(
      LoadBalancers.map(({ DNSName }) => DNSName).sort(),
      [host, await lab.hostname("web")].sort(),
    );
    await lab.remove("classic");
  });

  it("serves a Service without a class where its webhook makes it the default", async () => {
    await lab.create(namespaceByDefault("by-default"));
    await lab.create(web("web", {}, facing, "by-default"));
    assert.equal(await classOf("by-default"), loadBalancerClass);
    // The API server may delete a Service without waiting for a finalizer that is added at the same moment, and what the controller then makes stays.
    await eventually("the Service has a load balancer", async () => (await addressesOf("by-default")) === 1);
    await lab.cluster.deleteNamespacedService({ namespace: "by-default", name: "web" });
  });

  it("lets clients in by the load balancer's security group, and the load balancer in to the nodes by one that all share", async () => {
    const { SecurityGroups = [] } = await loadBalancerNamed(lab.aws.elbv2, await lab.hostname("web"));
    const names = (await ownGroupsIn(lab.aws))
      .filter(({ GroupId = "" }) => SecurityGroups.includes(GroupId))
      .map(({ GroupName = "" }) => GroupName.replace(/-[0-9a-f]{10}$/, ""));
    assert.deepEqual(names.sort(), ["k8s-default-web", "k8s-traffic-dev"]);
  });

  it("follows the Service's ports and annotations", async () => {
    await patch("web", {
      metadata: {
        annotations: { [`${prefix}target-group-attributes`]: "deregistration_delay.timeout_seconds=30" },
      },
      spec: { ports: [port(80), port(8080)] },
    });
    const host = await lab.hostname("web");
    const { LoadBalancerArn } = await loadBalancerNamed(lab.aws.elbv2, host);
    await eventually("there is a second listener", async () => {
      const { Listeners = [] } = await lab.aws.elbv2.send(new DescribeListenersCommand({ LoadBalancerArn }));
      return Listeners.length === 2;
    });
    await eventually("every target group has the attribute", async () => {
      const groups = await targetGroupsOf(lab.aws.elbv2, host);
      const attributes = await Promise.all(groups.map((group) => attributesOf(lab.aws.elbv2, group)));
      return attributes.every((each) =>
        each.some(({ Key, Value }) => Key === "deregistration_delay.timeout_seconds" && Value === "30"),
      );
    });
    await healthyTargets(lab.aws.elbv2, [host]);
    await eventually("the client is answered at the new port", () => isAnswered(host, 8080));
  });

  it("closes the load balancer to clients outside of the source ranges", async () => {
    await patch("web", { spec: { loadBalancerSourceRanges: ["192.0.2.0/24"] } });
    const host = await lab.hostname("web");
    await eventually("the client is not answered any more", async () => !(await isAnswered(host, 80)));
    await patch("web", { spec: { loadBalancerSourceRanges: ["0.0.0.0/0"] } });
    await eventually("the client is answered again", () => isAnswered(host, 80));
  });

  it("registers a new node within seconds, and forgets one that is gone", async () => {
    const host = await lab.hostname("web");
    const targets = async (): Promise<number> =>
      (await targetsOf(lab.aws.elbv2, host)).filter(({ TargetHealth }) => TargetHealth?.State !== "draining")
        .length;
    await lab.project.succeed("lab", "add-node");
    await eventually("each of both ports has four targets", async () => (await targets()) === 8, 30_000);
    await lab.project.succeed("lab", "remove-node", "node-d");
    await eventually("each of both ports has three targets", async () => (await targets()) === 6, 60_000);
  });

  it("goes on after it was killed", async () => {
    await lab.project.succeed("lab", "kill", "aws-load-balancer-controller");
    await patch("web", { spec: { ports: [port(80)] } });
    const host = await lab.hostname("web");
    await eventually(
      "the second port's target group is gone",
      async () => (await targetGroupsOf(lab.aws.elbv2, host)).length === 1,
      30_000,
    );
  });

  it("leaves behind what nobody lets it delete, and the list of orphans names it", async () => {
    await lab.create(web("left", { loadBalancerClass }, facing));
    await lab.servedHostname("left");
    await lab.project.succeed("lab", "hold", "aws-load-balancer-controller");
    await patch("left", { metadata: { finalizers: null } });
    await lab.cluster.deleteNamespacedService({ namespace, name: "left" });
    const { status, stdout, stderr } = await lab.project.run("compare", "--orphans", "--json");
    // The later tests need it, whatever was found.
    await lab.project.succeed("lab", "release", "aws-load-balancer-controller");
    assert.equal(status, 1, stderr);
    const { orphans } = JSON.parse(stdout) as Orphans;
    // The shared group and the rules on the nodes are for other Services too.
    assert.deepEqual(
      orphans.map(({ kind, service, reason, parts }) => [
        kind,
        service,
        reason,
        parts.map((part) => part.kind),
      ]),
      [
        [
          "load balancer",
          "default/left",
          "Service default/left does not exist",
          ["target group", "security group"],
        ],
      ],
    );
    // It finds them again by their tags.
    await lab.create(web("left", { loadBalancerClass }, facing));
    await lab.servedHostname("left");
    await lab.remove("left");
    const after = await lab.project.run("compare", "--orphans", "--json");
    assert.equal(after.status, 0, after.stdout);
  });

  it("leaves nothing in the account when the last Service is deleted", async () => {
    await lab.remove("web");
    await eventually("the Service of the other namespace is gone", async () => {
      const { items } = await lab.cluster.listNamespacedService({ namespace: "by-default" });
      return items.length === 0;
    });
    assert.deepEqual(await leftoversIn(lab.aws), []);
  });

  it("is not missed by a lab that starts without it again", async () => {
    await lab.project.succeed("lab", "down");
    lab.project.configure("lab:loadBalancerController", undefined);
    await lab.project.succeed("lab", "up");
    await lab.create(namespaceByDefault("without"));
    await lab.create(web("web", {}, {}, "without"));
    assert.equal(await classOf("without"), undefined);
  });
});
