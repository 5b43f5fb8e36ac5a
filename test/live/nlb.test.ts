/**
 * The load balancers' data plane on real nftables: the lab's network and AWS API, echo servers for pods, a client outside the VPC.
 *
 * What these tests do not prove: that AWS balances the same. The sources stand beside what is tested, in lab/nlb.
 */
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import type { IpPermission } from "@aws-sdk/client-ec2";
import * as elbv2 from "@aws-sdk/client-elastic-load-balancing-v2";
import { seedAccount } from "../../lab/aws/account.ts";
import type { Account } from "../../lab/aws/account.ts";
import { internet, nodes, region } from "../../lab/layout.ts";
import type { NlbState } from "../../lab/nlb/state.ts";
import { buildTimeout, liveTools } from "./tools.ts";
import { Bed, eventually } from "./nlb/bed.ts";
import type { Answer } from "./nlb/bed.ts";

/** What a test asks of a load balancer; the rest is as the cloud controller makes it. */
interface Wish {
  readonly protocol?: "TCP" | "UDP" | "TCP_UDP";
  readonly nodePort: number;
  readonly internal?: boolean;
  readonly crossZone?: boolean;
  readonly securityGroup?: string;
  /** Indexes of nodes to register. @default all */
  readonly targets?: readonly number[];
  readonly group?: Partial<elbv2.CreateTargetGroupCommandInput>;
  readonly attributes?: Readonly<Record<string, string>>;
}

interface Balancer {
  readonly arn: string;
  readonly groupArn: string;
  readonly addresses: readonly string[];
}

const everyone: IpPermission["IpRanges"] = [{ CidrIp: "0.0.0.0/0" }];
const scaling = ["--time-scale", "30", "--registration-seconds", "6"];

describe("the load balancers' data plane", function () {
  this.timeout(30_000);
  const bed = new Bed();
  const log: string[] = [];
  const servers = new Map<string, ChildProcess>();
  let account: Account;
  let elb: elbv2.ElasticLoadBalancingV2Client;
  let ec2: EC2Client;
  let python: string;
  let dataPlane: ChildProcess;
  let api: ChildProcess;
  let made = 0;
  const provisioned: Pick<Balancer, "arn" | "groupArn">[] = [];

  before(async function () {
    this.timeout(buildTimeout);
    const tools = await liveTools();
    ({ python } = tools);
    api = await bed.start(python);
    dataPlane = bed.startDataPlane(log, ...scaling);
    account = await seedAccount(bed.endpoint);
    const settings = {
      endpoint: bed.endpoint,
      region,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
    elb = new elbv2.ElasticLoadBalancingV2Client(settings);
    ec2 = new EC2Client(settings);
  });

  after(() => {
    bed.stop();
  });

  // Checks every few milliseconds and a server per node cost enough for one test at a time.
  afterEach(async function () {
    if (this.currentTest?.state === "failed")
      console.log(["the data plane's log:", ...log.slice(-12)].join("\n"));
    if (bed.stopped) return;
    for (const { arn, groupArn } of provisioned.splice(0)) {
      await elb.send(new elbv2.DeleteLoadBalancerCommand({ LoadBalancerArn: arn }));
      await elb.send(new elbv2.DeleteTargetGroupCommand({ TargetGroupArn: groupArn }));
    }
    await Promise.all([...servers.values()].map((server) => bed.end(server)));
    servers.clear();
  });

  const state = (): NlbState => JSON.parse(readFileSync(join(bed.directory, "nlb.json"), "utf8")) as NlbState;

  function serve(port: number, ...names: string[]): void {
    for (const name of names) servers.set(`${name}:${port.toString()}`, bed.startNode(name, port));
  }

  async function stopServing(port: number, name: string): Promise<void> {
    const server = servers.get(`${name}:${port.toString()}`);
    assert.ok(server);
    servers.delete(`${name}:${port.toString()}`);
    await bed.end(server);
  }

  async function allow(groupId: string, permission: IpPermission): Promise<void> {
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [permission] }),
    );
  }

  /** Opens a node port to everyone, for TCP and UDP. */
  async function open(port: number): Promise<void> {
    for (const IpProtocol of ["tcp", "udp"]) {
      await allow(account.nodeSecurityGroupId, {
        IpProtocol,
        FromPort: port,
        ToPort: port,
        IpRanges: everyone,
      });
    }
  }

  async function provision(wish: Wish): Promise<Balancer> {
    const Name = `nlb-${(made += 1).toString()}`;
    const protocol = wish.protocol ?? "TCP";
    const { LoadBalancers } = await elb.send(
      new elbv2.CreateLoadBalancerCommand({
        Name,
        Type: "network",
        Scheme: wish.internal === true ? "internal" : "internet-facing",
        Subnets: account.nodes.map(({ subnetId }) => subnetId),
        ...(wish.securityGroup === undefined ? {} : { SecurityGroups: [wish.securityGroup] }),
      }),
    );
    const arn = LoadBalancers?.[0]?.LoadBalancerArn ?? "";
    if (wish.crossZone === true) {
      const Attributes = [{ Key: "load_balancing.cross_zone.enabled", Value: "true" }];
      await elb.send(new elbv2.ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: arn, Attributes }));
    }
    const { TargetGroups } = await elb.send(
      new elbv2.CreateTargetGroupCommand({
        Name,
        Protocol: protocol,
        Port: wish.nodePort,
        VpcId: account.vpcId,
        TargetType: "instance",
        HealthCheckIntervalSeconds: 5,
        HealthCheckTimeoutSeconds: 5,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 2,
        ...wish.group,
      }),
    );
    const groupArn = TargetGroups?.[0]?.TargetGroupArn ?? "";
    provisioned.push({ arn, groupArn });
    if (wish.attributes !== undefined) {
      const Attributes = Object.entries(wish.attributes).map(([Key, Value]) => ({ Key, Value }));
      await elb.send(new elbv2.ModifyTargetGroupAttributesCommand({ TargetGroupArn: groupArn, Attributes }));
    }
    await elb.send(
      new elbv2.CreateListenerCommand({
        LoadBalancerArn: arn,
        Protocol: protocol,
        Port: 80,
        DefaultActions: [{ Type: "forward", TargetGroupArn: groupArn }],
      }),
    );
    const targets = (wish.targets ?? [0, 1, 2]).map((index) => ({ Id: account.nodes[index]?.instanceId }));
    if (targets.length > 0) {
      await elb.send(new elbv2.RegisterTargetsCommand({ TargetGroupArn: groupArn, Targets: targets }));
    }
    await eventually(`${Name} is active`, async () => {
      const described = await elb.send(new elbv2.DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }));
      return described.LoadBalancers?.[0]?.State?.Code === "active";
    });
    const balancer = state().loadBalancers.find(({ loadBalancerArn }) => loadBalancerArn === arn);
    return { arn, groupArn, addresses: balancer?.addresses.map(({ address }) => address) ?? [] };
  }

  /** The states of a group's targets by node. */
  async function health(groupArn: string): Promise<Record<string, string | undefined>> {
    const { TargetHealthDescriptions } = await elb.send(
      new elbv2.DescribeTargetHealthCommand({ TargetGroupArn: groupArn }),
    );
    return Object.fromEntries(
      (TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) => [
        account.nodes.find(({ instanceId }) => instanceId === Target?.Id)?.name ?? "",
        TargetHealth?.State,
      ]),
    );
  }

  async function healthIs(groupArn: string, expected: Record<string, string>): Promise<void> {
    const wanted = JSON.stringify(Object.entries(expected).sort());
    let last = "";
    await eventually(
      `target health is ${wanted}`,
      async () => (last = JSON.stringify(Object.entries(await health(groupArn)).sort())) === wanted,
    ).catch((error: unknown) =>
      assert.fail(`${String(error)}, but ${last}; log:\n${log.slice(-8).join("\n")}`),
    );
  }

  const allHealthy = { "node-a": "healthy", "node-b": "healthy", "node-c": "healthy" };

  async function deregister(groupArn: string, index: number): Promise<void> {
    const Targets = [{ Id: account.nodes[index]?.instanceId }];
    await elb.send(new elbv2.DeregisterTargetsCommand({ TargetGroupArn: groupArn, Targets }));
  }

  const nodesOf = (answers: readonly Answer[]): string[] => [
    ...new Set(answers.map(({ node, error }) => node ?? error ?? "nothing")),
  ];

  it("leads each zone's address to that zone's node and keeps the client's address", async () => {
    serve(30001, "node-a", "node-b", "node-c");
    await open(30001);
    const { addresses, groupArn } = await provision({ nodePort: 30001 });
    await healthIs(groupArn, allHealthy);
    assert.equal(addresses.length, 3);
    for (const [index, address] of addresses.entries()) {
      const answers = await bed.ask("tcp", address, 80, 20);
      assert.deepEqual(nodesOf(answers), [nodes[index]?.name]);
      assert.deepEqual([...new Set(answers.map(({ from }) => from))], [internet.client]);
    }
  });

  it("spreads over the nodes of all zones across zones, by flow", async () => {
    serve(30002, "node-a", "node-b", "node-c");
    await open(30002);
    const { addresses, groupArn } = await provision({ nodePort: 30002, crossZone: true });
    await healthIs(groupArn, allHealthy);
    const answers = await bed.ask("tcp", addresses[0] ?? "", 80, 300);
    for (const { name } of nodes) {
      const share = answers.filter(({ node }) => node === name).length;
      // 300 throws at 1/3: mean 100, deviation 8.2; five deviations fail once in a million runs.
      assert.ok(share > 58 && share < 142, `${name} answered ${share.toString()} of 300`);
    }
  });

  it("shows targets its own address where client addresses are not kept", async () => {
    serve(30003, "node-a", "node-b", "node-c");
    await open(30003);
    const { addresses, groupArn, arn } = await provision({
      nodePort: 30003,
      attributes: { "preserve_client_ip.enabled": "false" },
    });
    await healthIs(groupArn, allHealthy);
    const balancer = state().loadBalancers.find(({ loadBalancerArn }) => loadBalancerArn === arn);
    for (const [index, address] of addresses.entries()) {
      const [answer] = await bed.ask("tcp", address, 80, 1);
      assert.deepEqual(answer, {
        node: nodes[index]?.name,
        from: balancer?.addresses[index]?.privateAddress,
      });
    }
  });

  it("takes a node whose checks fail out of service, resets its connections and takes it back", async () => {
    serve(30004, "node-a", "node-b", "node-c");
    await open(30004);
    const { addresses, groupArn } = await provision({
      nodePort: 30004,
      crossZone: true,
      group: { HealthCheckProtocol: "HTTP", HealthCheckPath: "/healthz", Matcher: { HttpCode: "200" } },
    });
    await healthIs(groupArn, allHealthy);
    await stopServing(30004, "node-b");
    await healthIs(groupArn, { ...allHealthy, "node-b": "unhealthy" });
    assert.deepEqual(nodesOf(await bed.ask("tcp", addresses[1] ?? "", 80, 60)).sort(), ["node-a", "node-c"]);
    serve(30004, "node-b");
    await healthIs(groupArn, allHealthy);
    assert.deepEqual(nodesOf(await bed.ask("tcp", addresses[1] ?? "", 80, 60)).sort(), [
      "node-a",
      "node-b",
      "node-c",
    ]);
  });

  it("fails open when no target is healthy", async () => {
    serve(30005, "node-a", "node-b", "node-c");
    await open(30005);
    await open(30999);
    const { addresses, groupArn } = await provision({
      nodePort: 30005,
      crossZone: true,
      group: { HealthCheckPort: "30999" },
    });
    await healthIs(groupArn, { "node-a": "unhealthy", "node-b": "unhealthy", "node-c": "unhealthy" });
    assert.deepEqual(nodesOf(await bed.ask("tcp", addresses[0] ?? "", 80, 60)).sort(), [
      "node-a",
      "node-b",
      "node-c",
    ]);
  });

  it("refuses connections where no target is registered, loses them in a zone without targets and at ports without listener", async () => {
    const empty = await provision({ nodePort: 30006, targets: [] });
    assert.deepEqual(await bed.ask("tcp", empty.addresses[0] ?? "", 80, 1, 500), [{ error: "ECONNREFUSED" }]);
    assert.deepEqual(await bed.ask("tcp", empty.addresses[0] ?? "", 81, 1, 500), [{ error: "timeout" }]);
    serve(30006, "node-a");
    await open(30006);
    const partial = await provision({ nodePort: 30006, targets: [0] });
    await healthIs(partial.groupArn, { "node-a": "healthy" });
    assert.deepEqual(nodesOf(await bed.ask("tcp", partial.addresses[0] ?? "", 80, 5)), ["node-a"]);
    assert.deepEqual(await bed.ask("tcp", partial.addresses[1] ?? "", 80, 1, 500), [{ error: "timeout" }]);
    const zones = state().loadBalancers.find(
      ({ loadBalancerArn }) => loadBalancerArn === partial.arn,
    )?.addresses;
    assert.deepEqual(
      zones?.map(({ healthy }) => healthy),
      [true, false, false],
    );
  });

  it("gives a draining target no new flow and leaves it those it has", async () => {
    serve(30007, "node-a", "node-b");
    await open(30007);
    const { addresses, groupArn } = await provision({
      nodePort: 30007,
      crossZone: true,
      targets: [0, 1],
      attributes: { "deregistration_delay.timeout_seconds": "300" },
    });
    await healthIs(groupArn, { "node-a": "healthy", "node-b": "healthy" });
    const goal = { protocol: "tcp", address: addresses[0], port: 80 };
    const { node } = JSON.parse(await bed.tell({ open: goal })) as Answer;
    await deregister(
      groupArn,
      nodes.findIndex(({ name }) => name === node),
    );
    const other = node === "node-a" ? "node-b" : "node-a";
    await healthIs(groupArn, { [node ?? ""]: "draining", [other]: "healthy" });
    await eventually(
      "new flows avoid it",
      async () => nodesOf(await bed.ask("tcp", addresses[0] ?? "", 80, 30)).join() === other,
    );
    assert.equal((JSON.parse(await bed.tell({ again: 1000 })) as Answer).node, node);
    await healthIs(groupArn, { [other]: "healthy" });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal((JSON.parse(await bed.tell({ again: 1000 })) as Answer).node, node);
  });

  it("resets a drained target's connections at the end of the delay if it is told to", async () => {
    serve(30008, "node-a", "node-b");
    await open(30008);
    const { addresses, groupArn } = await provision({
      nodePort: 30008,
      targets: [0, 1],
      attributes: {
        "deregistration_delay.timeout_seconds": "60",
        "deregistration_delay.connection_termination.enabled": "true",
      },
    });
    await healthIs(groupArn, { "node-a": "healthy", "node-b": "healthy" });
    await bed.tell({ open: { protocol: "tcp", address: addresses[0], port: 80 } });
    await deregister(groupArn, 0);
    assert.equal((JSON.parse(await bed.tell({ again: 1000 })) as Answer).node, "node-a");
    await eventually(
      "the connection is reset",
      async () => (JSON.parse(await bed.tell({ again: 300 })) as Answer).error === "ECONNRESET",
      6000,
    );
  });

  it("keeps a UDP flow on its target and moves it when that dies", async () => {
    serve(30009, "node-a", "node-b", "node-c");
    await open(30009);
    const { addresses, groupArn } = await provision({
      nodePort: 30009,
      protocol: "TCP_UDP",
      crossZone: true,
    });
    await healthIs(groupArn, allHealthy);
    assert.deepEqual(nodesOf(await bed.ask("udp", addresses[0] ?? "", 80, 60)).sort(), [
      "node-a",
      "node-b",
      "node-c",
    ]);
    assert.equal(nodesOf(await bed.ask("tcp", addresses[0] ?? "", 80, 60)).length, 3);
    const { node = "" } = JSON.parse(
      await bed.tell({ open: { protocol: "udp", address: addresses[0], port: 80 } }),
    ) as Answer;
    for (let count = 0; count < 5; count++) {
      assert.equal((JSON.parse(await bed.tell({ again: 1000 })) as Answer).node, node);
    }
    await stopServing(30009, node);
    await healthIs(groupArn, { ...allHealthy, [node]: "unhealthy" });
    const { node: next } = JSON.parse(await bed.tell({ again: 1000 })) as Answer;
    assert.ok(next !== undefined && next !== node, `${node}, then ${String(next)}`);
  });

  it("keeps a client on one target with stickiness", async () => {
    serve(30010, "node-a", "node-b", "node-c");
    await open(30010);
    const { addresses, groupArn } = await provision({
      nodePort: 30010,
      crossZone: true,
      attributes: { "stickiness.enabled": "true", "stickiness.type": "source_ip" },
    });
    await healthIs(groupArn, allHealthy);
    assert.equal(nodesOf(await bed.ask("tcp", addresses[0] ?? "", 80, 40)).length, 1);
  });

  it("closes node ports to the outside unless a security group opens them, for checks and flows through the load balancer too", async () => {
    serve(30011, "node-a", "node-b", "node-c");
    const { addresses, groupArn } = await provision({ nodePort: 30011 });
    const direct = nodes[0]?.address ?? "";
    await healthIs(groupArn, { "node-a": "unhealthy", "node-b": "unhealthy", "node-c": "unhealthy" });
    assert.deepEqual(await bed.ask("tcp", direct, 30011, 1, 500), [{ error: "timeout" }]);
    assert.deepEqual(await bed.ask("tcp", addresses[0] ?? "", 80, 1, 500), [{ error: "timeout" }]);
    // The subnets' rule of the cloud controller: health checks pass, clients do not.
    const rule = { IpProtocol: "tcp", FromPort: 30011, ToPort: 30011 };
    await allow(account.nodeSecurityGroupId, {
      ...rule,
      IpRanges: nodes.map(({ subnetCidr }) => ({ CidrIp: subnetCidr })),
    });
    await healthIs(groupArn, allHealthy);
    assert.deepEqual(await bed.ask("tcp", addresses[0] ?? "", 80, 1, 500), [{ error: "timeout" }]);
    await allow(account.nodeSecurityGroupId, { ...rule, IpRanges: [{ CidrIp: `${internet.client}/32` }] });
    await eventually(
      "clients pass",
      async () => (await bed.ask("tcp", addresses[0] ?? "", 80, 1, 300))[0]?.node === "node-a",
      3000,
    );
    assert.deepEqual(nodesOf(await bed.ask("tcp", direct, 30011, 1, 500)), ["node-a"]);
  });

  it("lets in only what comes through the load balancer where nodes trust its security group", async () => {
    serve(30012, "node-a", "node-b", "node-c");
    const { GroupId = "" } = await ec2.send(
      new CreateSecurityGroupCommand({
        GroupName: "nlb",
        Description: "load balancer",
        VpcId: account.vpcId,
      }),
    );
    await allow(account.nodeSecurityGroupId, {
      IpProtocol: "tcp",
      FromPort: 30012,
      ToPort: 30012,
      UserIdGroupPairs: [{ GroupId }],
    });
    const { addresses, groupArn } = await provision({ nodePort: 30012, securityGroup: GroupId });
    await healthIs(groupArn, allHealthy);
    assert.deepEqual(await bed.ask("tcp", addresses[0] ?? "", 80, 1, 500), [{ error: "timeout" }]);
    await allow(GroupId, { IpProtocol: "tcp", FromPort: 80, ToPort: 80, IpRanges: everyone });
    await eventually(
      "clients pass",
      async () => (await bed.ask("tcp", addresses[0] ?? "", 80, 1, 300))[0]?.node === "node-a",
      3000,
    );
    assert.deepEqual(await bed.ask("tcp", nodes[0]?.address ?? "", 30012, 1, 500), [{ error: "timeout" }]);
  });

  it("hides an internal load balancer from the internet and shows it inside the VPC", async () => {
    serve(30013, "node-a", "node-b", "node-c");
    await open(30013);
    const { addresses, groupArn } = await provision({ nodePort: 30013, internal: true });
    await healthIs(groupArn, allHealthy);
    const [address = ""] = addresses;
    assert.match(address, /^10\.0\.8\./);
    assert.deepEqual(await bed.ask("tcp", address, 80, 1, 500), [{ error: "timeout" }]);
    const script = `require("net").connect(80, "${address}").on("data", (d) => { console.log(d.toString()); process.exit() }).write("hello\\n")`;
    const answer = await bed.output(
      "ip",
      "netns",
      "exec",
      "node-b",
      "timeout",
      "5",
      process.execPath,
      "-e",
      script,
    );
    assert.deepEqual(JSON.parse(answer), { node: "node-a", from: nodes[1]?.address });
  });

  it("carries on while it is away, and takes up its addresses and health where it left them", async () => {
    serve(30014, "node-a", "node-b", "node-c");
    await open(30014);
    const { addresses, groupArn } = await provision({ nodePort: 30014 });
    await healthIs(groupArn, allHealthy);
    const before = state();
    await bed.end(dataPlane);
    assert.deepEqual(nodesOf(await bed.ask("tcp", addresses[0] ?? "", 80, 20)), ["node-a"]);
    const lines = log.length;
    dataPlane = bed.startDataPlane(log, ...scaling);
    await eventually("it is back", () => log.slice(lines).some((line) => line.includes("load balancer")));
    assert.deepEqual(state(), before);
    assert.deepEqual(await health(groupArn), allHealthy);
    assert.deepEqual(nodesOf(await bed.ask("tcp", addresses[0] ?? "", 80, 20)), ["node-a"]);
  });

  it("carries on while the AWS API is away, says so once, and reports afterwards what has changed", async () => {
    serve(30015, "node-a", "node-b", "node-c");
    await open(30015);
    const { addresses, groupArn } = await provision({ nodePort: 30015, crossZone: true });
    await healthIs(groupArn, allHealthy);
    const lines = log.length;
    await bed.end(api);
    await stopServing(30015, "node-b");
    await eventually(
      "flows avoid the dead node",
      async () => !nodesOf(await bed.ask("tcp", addresses[0] ?? "", 80, 30)).includes("ECONNREFUSED"),
    );
    await eventually("it says so", () =>
      log.slice(lines).some((line) => line.includes("read failed, the rules stay as they are")),
    );
    api = bed.startApi(python);
    await eventually("it says that it works again", () =>
      log.slice(lines).some((line) => line.includes("works again")),
    );
    await healthIs(groupArn, { ...allHealthy, "node-b": "unhealthy" });
    assert.equal(log.slice(lines).filter((line) => line.includes("read failed")).length, 1);
  });

  it("frees everything of a load balancer that is deleted", async () => {
    const { arn } = await provision({ nodePort: 30016, targets: [] });
    assert.match(await bed.output("ip", "-brief", "address", "show", "dev", "lo"), /10\.0\.8\./);
    await elb.send(new elbv2.DeleteLoadBalancerCommand({ LoadBalancerArn: arn }));
    await eventually("no addresses are kept", () => state().loadBalancers.length === 0);
    await eventually("none are on the loopback interface", async () => {
      const addresses = await bed.output("ip", "-brief", "address", "show", "dev", "lo");
      return !/10\.0\.(8|24|40)\./.test(addresses);
    });
    const listed = await bed.output("nft", "list", "map", "ip", "nlb", "listeners");
    assert.ok(!listed.includes("elements"), listed);
  });

  it("says what is wrong with its flags", async () => {
    const complaints: string[] = [];
    await assert.rejects(bed.finish(bed.startDataPlane(complaints, "--time-scale", "0")));
    assert.match(complaints.join("\n"), /--time-scale is 0; it must be a number greater than 0/);
  });

  it("leaves no process behind", async () => {
    const namespace = bed.pidNamespace();
    bed.stop();
    const alive = (): string[] =>
      readdirSync("/proc").filter((entry) => {
        try {
          return /^\d+$/.test(entry) && readlinkSync(`/proc/${entry}/ns/pid`) === namespace;
        } catch {
          return false; // Ended meanwhile, or another user's.
        }
      });
    await eventually("all have ended", () => alive().length === 0);
    assert.ok(!existsSync(bed.directory));
  });
});
