/** A Service without the annotation `nlb`, for which the cloud controller manager makes a Classic Load Balancer: https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws.go (EnsureLoadBalancer). */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import type { SecurityGroup } from "@aws-sdk/client-ec2";
import { CoreV1Api, KubeConfig, PatchStrategy, setHeaderOptions, V1Service } from "@kubernetes/client-node";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { region } from "../../lab/clouds/aws/layout.ts";
import { loadBalancersIn } from "./clouds/aws/account.ts";
import { Project } from "./project.ts";
import { buildTimeout, liveTools, minutes } from "./tools.ts";

const storefront = Object.assign(new V1Service(), {
  metadata: { name: "storefront" },
  spec: {
    type: "LoadBalancer",
    selector: { app: "storefront" },
    ports: [{ port: 80, targetPort: 8080 }],
  },
});
const clusterTag = "kubernetes.io/cluster/dev";

describe("a Classic Load Balancer on the lab", function () {
  this.timeout(minutes(3));
  let project: Project;
  let cluster: CoreV1Api;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    await project.succeed("lab", "up");
    const config = new KubeConfig();
    config.loadFromFile(project.settings.kubeconfig);
    cluster = config.makeApiClient(CoreV1Api);
  });
  after(() => project.remove());

  const service = { name: "storefront", namespace: "default" };
  const hostname = async (): Promise<string | undefined> =>
    (await cluster.readNamespacedService(service)).status?.loadBalancer?.ingress?.[0]?.hostname;
  /** The names of all Classic Load Balancers. No SDK of the project calls their API. */
  async function classicNames(): Promise<(string | undefined)[]> {
    const scope = `test/20260101/${region}/elasticloadbalancing/aws4_request`;
    const answer = await fetch(`http://127.0.0.1:${String(project.settings.ports.cloudApi)}`, {
      method: "POST",
      headers: { Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` },
      body: new URLSearchParams({ Action: "DescribeLoadBalancers", Version: "2012-06-01" }),
    });
    const names = (await answer.text()).matchAll(/<LoadBalancerName>(.*?)<\/LoadBalancerName>/g);
    return [...names].map(([, name]) => name);
  }
  /** The groups that the controller has made for Classic Load Balancers. */
  async function ownGroups(): Promise<SecurityGroup[]> {
    const { SecurityGroups = [] } = await labClients(project.settings).ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name: "group-name", Values: ["k8s-elb-*"] }] }),
    );
    return SecurityGroups;
  }
  async function until<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      await sleep(200);
    }
  }
  const create = (): Promise<V1Service> =>
    cluster.createNamespacedService({ namespace: service.namespace, body: storefront });
  async function remove(): Promise<void> {
    await cluster.deleteNamespacedService(service);
    await until(async () =>
      (await cluster.listNamespacedService(service)).items.every(
        ({ metadata }) => metadata?.name !== service.name,
      )
        ? true
        : undefined,
    );
  }

  it("gets a host name and a security group with the cluster's tag", async () => {
    await create();
    const [name = ""] = await until(async () => {
      const names = await classicNames();
      return (await hostname()) === undefined ? undefined : names;
    });
    assert.match((await hostname()) ?? "", new RegExp(`^${name}-\\d+\\.${region}\\.elb\\.amazonaws\\.com$`));
    const [group, ...others] = await ownGroups();
    assert.deepEqual(others, []);
    assert.equal(group?.GroupName, `k8s-elb-${name}`);
    assert.equal(group.Tags?.find(({ Key }) => Key === clusterTag)?.Value, "owned");
    assert.deepEqual(await loadBalancersIn(labClients(project.settings).elbv2), []);
  });

  it("is deleted with its Service", async () => {
    await remove();
    assert.deepEqual(await classicNames(), []);
    assert.deepEqual(await ownGroups(), []);
  });

  it("is left behind when the annotation asks for an NLB", async () => {
    await create();
    const classic = await until(hostname);
    const annotations = { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" };
    await cluster.patchNamespacedService(
      { ...service, body: { metadata: { annotations } } },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );
    const nlb = await until(async () => {
      const name = await hostname();
      return name === classic ? undefined : name;
    });
    const balancers = await loadBalancersIn(labClients(project.settings).elbv2);
    assert.deepEqual(
      balancers.map(({ DNSName }) => DNSName),
      [nlb],
    );
    assert.equal((await classicNames()).length, 1);
    await remove();
    assert.deepEqual(await loadBalancersIn(labClients(project.settings).elbv2), []);
    assert.equal((await classicNames()).length, 1);
    assert.equal((await ownGroups()).length, 1);
  });
});
