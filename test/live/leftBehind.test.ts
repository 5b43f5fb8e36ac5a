/** What is left behind when a deletion goes wrong: each kind is left on purpose, found, and removed. These tests prove nothing about AWS itself: its API is emulated. */
import assert from "node:assert/strict";
import {
  AllocateAddressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  DeleteNetworkInterfaceCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  ReleaseAddressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import {
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CoreV1Api, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import { loadKubeconfig } from "../../comparison/sources/kubernetes/kubeconfig.ts";
import type { Orphans } from "../../comparison/result/orphans.ts";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { loadBalancerNamed } from "./clouds/aws/account.ts";
import { eventually } from "./eventually.ts";
import { Project } from "./project.ts";
import { buildTimeout, liveTools, minutes } from "./tools.ts";

interface Way {
  readonly namespace: string;
  readonly service: string;
  readonly hostname: string;
}

/** A command takes seconds on a machine that does other work as well. */
const patienceMs = 120_000;

/** The client makes no instances of its classes for what it sends. */
const sent = (object: object): never => object as never;

describe("what is left behind on the lab", function () {
  this.timeout(minutes(5));
  let project: Project;
  let cluster: CoreV1Api;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    await project.succeed("lab", "up");
    await project.succeed("up");
    cluster = loadKubeconfig(project.settings.kubeconfig).makeApiClient(CoreV1Api);
  });
  after(() => project.remove());

  const outputs = async (): Promise<{ nodePort: Way; loadBalancer: Way }> =>
    JSON.parse(await project.succeed("pulumi", "stack", "output", "--json")) as {
      nodePort: Way;
      loadBalancer: Way;
    };
  async function leftovers(): Promise<readonly [number, Orphans]> {
    const { status, stdout, stderr } = await project.run("leftovers", "--json");
    assert.ok(status < 2, stderr);
    return [status, JSON.parse(stdout) as Orphans];
  }
  /** Waits until nothing is left behind. The error says what still is. */
  async function nothingIsLeft(
    remove: (orphans: Orphans["orphans"]) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    let last: Orphans["orphans"] = [];
    const none = async (): Promise<boolean> => {
      const [code, { orphans }] = await leftovers();
      last = orphans;
      await remove(orphans);
      return code === 0;
    };
    await eventually("nothing is left", none, patienceMs).catch((cause: unknown) => {
      const left = last.map(({ kind, name, reason }) => `${kind} ${name}: ${reason}`);
      throw new Error(`still left: ${left.join("; ")}`, { cause });
    });
  }
  /** Deletes an object and its parts by the commands that leftovers lists. */
  async function removeByHand(orphan: Orphans["orphans"][number]): Promise<void> {
    const { elbv2, ec2 } = labClients(project.settings);
    for (const { kind, id, name } of [orphan, ...orphan.parts]) {
      if (kind === "load balancer") await elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: id }));
      if (kind === "target group") await elbv2.send(new DeleteTargetGroupCommand({ TargetGroupArn: id }));
      if (kind === "rule")
        await ec2.send(
          new RevokeSecurityGroupIngressCommand({
            GroupId: name.split(" ").at(-1),
            SecurityGroupRuleIds: [id],
          }),
        );
    }
  }
  const kindsOf = ({ orphans }: Orphans): string[] => orphans.map(({ kind }) => kind);

  it("is nothing while all is deployed", async () => {
    const [code, { verdict }] = await leftovers();
    assert.deepEqual([code, verdict.kind], [0, "none"]);
  });

  it("is the load balancer of a NodePort Service that somebody has deleted", async () => {
    const { nodePort } = await outputs();
    await cluster.deleteNamespacedService({ namespace: nodePort.namespace, name: nodePort.service });
    const [code, left] = await leftovers();
    assert.equal(code, 1);
    assert.deepEqual(kindsOf(left), ["load balancer"]);
    const [balancer] = left.orphans;
    assert.match(balancer?.reason ?? "", /^no Service has node port \d+, where its target groups lead$/);
    assert.deepEqual([...new Set(balancer?.parts.map(({ kind }) => kind))], ["target group", "rule"]);
    const { elbv2 } = labClients(project.settings);
    const found = await loadBalancerNamed(elbv2, nodePort.hostname);
    assert.equal(balancer?.id, found.LoadBalancerArn);
  });

  it("is no longer that load balancer once its Service is back, or it is deleted with its parts", async () => {
    const { elbv2 } = labClients(project.settings);
    const [, { orphans }] = await leftovers();
    const [balancer] = orphans;
    await elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: balancer?.id }));
    const [, alone] = await leftovers();
    assert.deepEqual(kindsOf(alone), ["target group"]);
    for (const { id } of alone.orphans)
      await elbv2.send(new DeleteTargetGroupCommand({ TargetGroupArn: id }));
    const [, rules] = await leftovers();
    assert.deepEqual(kindsOf(rules), ["firewall rules"]);
    await project.succeed("up", "--refresh");
    assert.equal((await leftovers())[0], 0);
  });

  it("is a Service whose controller is away, with its load balancer, until the controller is back", async () => {
    const { loadBalancer } = await outputs();
    await project.succeed("lab", "hold", "aws-cloud-controller-manager");
    let kept: string | undefined;
    try {
      const ref = { namespace: loadBalancer.namespace, name: loadBalancer.service };
      await cluster.deleteNamespacedService(ref);
      const [code, left] = await leftovers();
      assert.equal(code, 1);
      assert.deepEqual(kindsOf(left), ["load balancer", "Service"]);
      const [balancer, service] = left.orphans;
      assert.match(balancer?.reason ?? "", /is being deleted and keeps its finalizer/);
      assert.match(service?.commands[0] ?? "", /^kubectl patch service /);
      kept = balancer?.id;
    } finally {
      await project.succeed("lab", "release", "aws-cloud-controller-manager");
    }
    // A controller that has just started may make the load balancer again beside deleting it: its first look at the nodes does not
    // leave out a Service that is being deleted (k8s.io/cloud-provider v0.35.4, controllers/service/controller.go, nodeSyncService).
    await nothingIsLeft(async (orphans) => {
      for (const orphan of orphans)
        if (orphan.id !== kept && orphan.reason.endsWith("does not exist")) await removeByHand(orphan);
    });
    await project.succeed("up", "--refresh");
  });

  it("is a network interface of a load balancer that is gone, and an Elastic IP address that nothing has", async () => {
    const { ec2 } = labClients(project.settings);
    const { Subnets = [] } = await ec2.send(
      new DescribeSubnetsCommand({
        Filters: [{ Name: "tag-key", Values: ["kubernetes.io/cluster/dev"] }],
      }),
    );
    await ec2.send(
      new CreateNetworkInterfaceCommand({
        Description: "ELB net/gone/50dc6c495c0c9188",
        SubnetId: Subnets[0]?.SubnetId,
      }),
    );
    const { AllocationId } = await ec2.send(
      new AllocateAddressCommand({
        TagSpecifications: [
          { ResourceType: "elastic-ip", Tags: [{ Key: "kubernetes.io/cluster/dev", Value: "owned" }] },
        ],
      }),
    );
    const [code, left] = await leftovers();
    assert.equal(code, 1);
    // What costs most comes first.
    assert.deepEqual(kindsOf(left), ["Elastic IP address", "network interface"]);
    const [address, networkInterface] = left.orphans;
    assert.deepEqual([address?.id, address?.monthly], [AllocationId, 3.65]);
    assert.match(networkInterface?.reason ?? "", /^it is of the load balancer gone, which does not exist$/);
    await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: networkInterface?.id }));
    await ec2.send(new ReleaseAddressCommand({ AllocationId }));
    assert.equal((await leftovers())[0], 0);
  });

  it("is what a destroy says how to finish by hand if its controller is gone for good", async () => {
    const { loadBalancer } = await outputs();
    await project.succeed("lab", "hold", "aws-cloud-controller-manager");
    try {
      const destroying = project.start("destroy");
      let said = "";
      destroying.child.stdout?.on("data", (data: Buffer) => (said += data.toString()));
      destroying.child.stderr?.on("data", (data: Buffer) => (said += data.toString()));
      await eventually(
        "the destroy says what it waits for",
        () => Promise.resolve(/kubectl patch service .* npm run leftovers names/s.test(said)),
        patienceMs,
      );
      destroying.child.kill("SIGINT");
      await destroying.ended;

      // By hand, as it says: first the load balancer, by the commands that leftovers lists, then the finalizer.
      const [, { orphans }] = await leftovers();
      const balancer = orphans.find(({ id }) => id.includes(":loadbalancer/"));
      assert.ok(balancer !== undefined, JSON.stringify(orphans));
      assert.match(balancer.reason, /keeps its finalizer/);
      await removeByHand(balancer);
      await cluster.patchNamespacedService(
        {
          name: loadBalancer.service,
          namespace: loadBalancer.namespace,
          body: { metadata: { finalizers: null } },
        },
        setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
      );
      await project.succeed("destroy");
      assert.equal((await leftovers())[0], 0);
    } finally {
      await project.succeed("lab", "release", "aws-cloud-controller-manager");
    }
    await project.succeed("up");
  });

  it("is a namespace whose deletion waits for one of its objects", async () => {
    const name = "waiting";
    await cluster.createNamespace({ body: sent({ metadata: { name } }) });
    const held = { name: "held", namespace: name };
    await cluster.createNamespacedConfigMap({
      namespace: name,
      body: sent({ metadata: { name: held.name, finalizers: ["example.com/held"] } }),
    });
    await cluster.deleteNamespace({ name });
    await eventually(
      "it says what it waits for",
      async () => {
        const [code, { orphans }] = await leftovers();
        const [waiting] = orphans;
        return code === 1 && waiting?.kind === "namespace" && waiting.reason.includes("example.com/held");
      },
      patienceMs,
    );
    await cluster.patchNamespacedConfigMap(
      { ...held, body: { metadata: { finalizers: null } } },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );
    await nothingIsLeft();
  });

  it("is listed at the end of a destroy, which then fails", async () => {
    const { ec2 } = labClients(project.settings);
    const { SecurityGroups = [] } = await ec2.send(
      new DescribeSecurityGroupsCommand({
        Filters: [{ Name: "tag-key", Values: ["kubernetes.io/cluster/dev"] }],
      }),
    );
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: SecurityGroups[0]?.GroupId,
        IpPermissions: [
          { IpProtocol: "tcp", FromPort: 32700, ToPort: 32700, IpRanges: [{ CidrIp: "203.0.113.0/24" }] },
        ],
      }),
    );
    const { status, stdout } = await project.run("destroy");
    assert.equal(status, 1, stdout);
    assert.match(stdout, /^firewall rules for node port 32700$/m);
    assert.match(stdout, /aws ec2 revoke-security-group-ingress /);
  });
});
