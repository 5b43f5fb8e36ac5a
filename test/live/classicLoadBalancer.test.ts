/** A Service without the annotation `nlb`, for which the cloud controller manager makes a Classic Load Balancer: https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws.go (EnsureLoadBalancer). */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import {
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import type { SecurityGroup } from "@aws-sdk/client-ec2";
import {
  DeleteLoadBalancerCommand,
  DescribeLoadBalancersCommand,
} from "@aws-sdk/client-elastic-load-balancing";
import { CoreV1Api, KubeConfig, PatchStrategy, setHeaderOptions, V1Service } from "@kubernetes/client-node";
import { awsClients } from "../../comparison/clouds/aws/sources/clients.ts";
import type { AwsClients } from "../../comparison/clouds/aws/sources/clients.ts";
import type { Orphans } from "../../comparison/result/orphans.ts";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { region } from "../../lab/clouds/aws/layout.ts";
import { cloudEnvironment } from "../../lab/clouds/environment.ts";
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
  const elb = (): AwsClients["elb"] => awsClients(cloudEnvironment(project.settings)).elb;
  /** The names of all Classic Load Balancers. */
  async function classicNames(): Promise<(string | undefined)[]> {
    const { LoadBalancerDescriptions = [] } = await elb().send(new DescribeLoadBalancersCommand({}));
    return LoadBalancerDescriptions.map(({ LoadBalancerName }) => LoadBalancerName);
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
  /** @returns the exit code, and what is left behind */
  async function orphans(): Promise<[number, readonly Omit<Orphans["orphans"][number], "id">[]]> {
    const { status, stdout, stderr } = await project.run("compare", "--orphans", "--json");
    assert.equal(stderr.includes("error"), false, stderr);
    return [status, (JSON.parse(stdout) as Orphans).orphans.map(({ id: _, ...rest }) => rest)];
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
    const [name = "", ...others] = await classicNames();
    assert.deepEqual(others, []);
    const left = {
      kind: "Classic Load Balancer",
      name,
      service: "default/storefront",
      // With a public address in each of three zones.
      monthly: 29.2,
    };
    const [code, [orphan, ...more]] = await orphans();
    assert.equal(code, 1);
    assert.deepEqual(more, []);
    const { parts = [], commands = [], ...found } = orphan ?? {};
    assert.deepEqual(found, {
      ...left,
      reason: `Service default/storefront has another load balancer: ${nlb}`,
    });
    assert.deepEqual(
      parts.map((part) => part.kind),
      ["security group", "rule"],
    );
    assert.equal(parts[0]?.name, `k8s-elb-${name}`);
    await remove();
    assert.deepEqual(await loadBalancersIn(labClients(project.settings).elbv2), []);
    assert.equal((await classicNames()).length, 1);
    assert.equal((await ownGroups()).length, 1);
    assert.deepEqual(await orphans(), [
      1,
      [{ ...left, reason: "Service default/storefront does not exist", parts, commands }],
    ]);
  });

  it("leaves its security group behind if somebody else deletes it", async () => {
    const [LoadBalancerName = ""] = await classicNames();
    await elb().send(new DeleteLoadBalancerCommand({ LoadBalancerName }));
    const [code, [group, ...others]] = await orphans();
    assert.equal(code, 1);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [group?.kind, group?.name, group?.service, group?.monthly, group?.parts.map(({ kind }) => kind)],
      ["security group", `k8s-elb-${LoadBalancerName}`, "default/storefront", 0, ["rule"]],
    );
  });

  it("is no orphan any more, nor is anything of it, once all that was listed is deleted", async () => {
    const { ec2 } = labClients(project.settings);
    const [{ GroupId } = {}] = await ownGroups();
    const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
    const rules = SecurityGroupRules.filter((rule) => rule.ReferencedGroupInfo?.GroupId === GroupId);
    for (const rule of rules)
      await ec2.send(
        new RevokeSecurityGroupIngressCommand({
          GroupId: rule.GroupId,
          SecurityGroupRuleIds: [rule.SecurityGroupRuleId ?? ""],
        }),
      );
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    assert.deepEqual(await orphans(), [0, []]);
  });
});
