/** For tests of the data plane: a testbed with an account, load balancers, nodes that serve, and a client outside. */
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { AuthorizeSecurityGroupIngressCommand, EC2Client } from "@aws-sdk/client-ec2";
import type { IpPermission } from "@aws-sdk/client-ec2";
import * as elbv2 from "@aws-sdk/client-elastic-load-balancing-v2";
import { seedAccount } from "../../../../../lab/clouds/aws/account/account.ts";
import type { Account } from "../../../../../lab/clouds/aws/account/account.ts";
import { region } from "../../../../../lab/clouds/aws/layout.ts";
import { nodes } from "../../../../../lab/layout.ts";
import type { LoadBalancerState, NlbState } from "../../../../../lab/clouds/aws/balancer/state.ts";
import { eventually } from "../../../eventually.ts";
import { buildTimeout, liveTools } from "../../../tools.ts";
import { Testbed } from "./testbed.ts";
import type { Host } from "./testbed.ts";
import type { Answer } from "./client.ts";

/** A load balancer that a test needs. Everything else is as the cloud controller manager makes it. */
interface Wish {
  readonly protocol?: "TCP" | "UDP" | "TCP_UDP";
  /** Makes the listener TLS. The first certificate is the default one. */
  readonly tls?: {
    readonly certificates: readonly string[];
    readonly sslPolicy?: string;
    readonly alpnPolicy?: string;
  };
  readonly nodePort: number;
  readonly internal?: boolean;
  readonly crossZone?: boolean;
  readonly securityGroup?: string;
  /** Indexes of nodes to register. @default all */
  readonly targets?: readonly number[];
  readonly group?: Partial<elbv2.CreateTargetGroupCommandInput>;
  readonly attributes?: Readonly<Record<string, string>>;
  /** The listener's idle timeout. */
  readonly idleTimeoutSeconds?: number;
}

export interface Balancer {
  readonly arn: string;
  readonly groupArn: string;
  readonly dnsName: string;
  readonly addresses: readonly string[];
}

export const everyone: IpPermission["IpRanges"] = [{ CidrIp: "0.0.0.0/0" }];

/** How many times faster than AWS's the clocks run. */
export const timeScale = 30;

const flags = ["--time-scale", timeScale.toString(), "--registration-seconds", "6"];

export const allHealthy = { "node-a": "healthy", "node-b": "healthy", "node-c": "healthy" };
export const allUnhealthy = { "node-a": "unhealthy", "node-b": "unhealthy", "node-c": "unhealthy" };

export class Balancing {
  readonly testbed = new Testbed();
  /** The log lines of the data plane. */
  readonly log: string[] = [];
  #account: Account | undefined;
  #clients: { readonly elb: elbv2.ElasticLoadBalancingV2Client; readonly ec2: EC2Client } | undefined;
  #python = "";
  #hasProxy = false;
  #proxy: string | undefined;
  #dataPlane: ChildProcess | undefined;
  #api: ChildProcess | undefined;
  #made = 0;
  readonly #provisioned: Pick<Balancer, "arn" | "groupArn">[] = [];

  /** Starts one before a suite's first test, empties it after each test, and stops it after the last. */
  static forSuite({ hasProxy = false }: { readonly hasProxy?: boolean } = {}): Balancing {
    const balancing = new Balancing();
    balancing.#hasProxy = hasProxy;
    before(async function () {
      this.timeout(buildTimeout);
      await balancing.#start();
    });
    afterEach(async function () {
      if (this.currentTest?.state === "failed")
        console.log(["the data plane's log:", ...balancing.log.slice(-12)].join("\n"));
      if (!balancing.testbed.stopped) await balancing.#clear();
    });
    after(() => {
      balancing.testbed.stop();
    });
    return balancing;
  }

  get account(): Account {
    return this.#account ?? assert.fail("not started");
  }

  get elb(): elbv2.ElasticLoadBalancingV2Client {
    return this.#clients?.elb ?? assert.fail("not started");
  }

  get ec2(): EC2Client {
    return this.#clients?.ec2 ?? assert.fail("not started");
  }

  /** Outside the VPC. */
  get client(): Host {
    return this.testbed.host("client");
  }

  async #start(): Promise<void> {
    ({ python: this.#python, loadBalancerProxy: this.#proxy } = await liveTools({
      loadBalancerProxy: this.#hasProxy,
    }));
    this.#api = await this.testbed.start(this.#python);
    this.startDataPlane();
    this.#account = await seedAccount(this.testbed.endpoint);
    const settings = {
      endpoint: this.testbed.endpoint,
      region,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
    this.#clients = { elb: new elbv2.ElasticLoadBalancingV2Client(settings), ec2: new EC2Client(settings) };
  }

  startDataPlane(): void {
    this.#dataPlane = this.testbed.startDataPlane(
      this.log,
      ...flags,
      ...(this.#proxy === undefined ? [] : ["--proxy", this.#proxy]),
    );
  }

  async killDataPlane(): Promise<void> {
    await this.testbed.end(this.#dataPlane ?? assert.fail("not started"));
  }

  startApi(): void {
    this.#api = this.testbed.startApi(this.#python);
  }

  async killApi(): Promise<void> {
    await this.testbed.end(this.#api ?? assert.fail("not started"));
  }

  // Health checks run every few milliseconds, so there is only room for the load balancers of one test at a time.
  async #clear(): Promise<void> {
    for (const { arn, groupArn } of this.#provisioned.splice(0)) {
      await this.elb.send(new elbv2.DeleteLoadBalancerCommand({ LoadBalancerArn: arn }));
      await this.elb.send(new elbv2.DeleteTargetGroupCommand({ TargetGroupArn: groupArn }));
    }
    await Promise.all(nodes.map(({ name }) => this.testbed.host(name).close()));
  }

  /** Serves on a port of the named nodes, or of all nodes if none is named. */
  async serve(port: number, ...names: string[]): Promise<void> {
    const on = names.length > 0 ? names : nodes.map(({ name }) => name);
    await Promise.all(on.map((name) => this.testbed.host(name).listen(port)));
  }

  async allow(groupId: string, permission: IpPermission): Promise<void> {
    await this.ec2.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [permission] }),
    );
  }

  /** Opens node ports to everyone, for TCP and UDP. */
  async open(...ports: number[]): Promise<void> {
    for (const port of ports) {
      for (const IpProtocol of ["tcp", "udp"]) {
        await this.allow(this.account.nodeSecurityGroupId, {
          IpProtocol,
          FromPort: port,
          ToPort: port,
          IpRanges: everyone,
        });
      }
    }
  }

  /** The data plane's stored state of its load balancers, which the resolver answers from. */
  state(): NlbState {
    return JSON.parse(readFileSync(join(this.testbed.directory, "nlb.json"), "utf8")) as NlbState;
  }

  stateOf(arn: string): LoadBalancerState {
    const found = this.state().loadBalancers.find(({ loadBalancerArn }) => loadBalancerArn === arn);
    return found ?? assert.fail(`the data plane does not know ${arn}`);
  }

  async provision(wish: Wish): Promise<Balancer> {
    const Name = `nlb-${(this.#made += 1).toString()}`;
    const { elb, account } = this;
    const { LoadBalancers } = await elb.send(
      new elbv2.CreateLoadBalancerCommand({
        Name,
        Type: "network",
        Scheme: wish.internal === true ? "internal" : "internet-facing",
        Subnets: account.nodes.map(({ subnetId }) => subnetId),
        ...(wish.securityGroup === undefined ? {} : { SecurityGroups: [wish.securityGroup] }),
      }),
    );
    const { LoadBalancerArn: arn = "", DNSName: dnsName = "" } = LoadBalancers?.[0] ?? {};
    if (wish.crossZone === true) {
      const Attributes = [{ Key: "load_balancing.cross_zone.enabled", Value: "true" }];
      await elb.send(new elbv2.ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: arn, Attributes }));
    }
    const groupArn = await this.#targetGroup(Name, wish);
    this.#provisioned.push({ arn, groupArn });
    await this.#listener(arn, groupArn, wish);
    await this.register(groupArn, ...(wish.targets ?? [0, 1, 2]));
    await eventually(`${Name} is active`, async () => {
      const described = await elb.send(new elbv2.DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }));
      return described.LoadBalancers?.[0]?.State?.Code === "active";
    });
    const addresses = this.stateOf(arn).addresses.map(({ address }) => address);
    return { arn, groupArn, dnsName, addresses };
  }

  async #targetGroup(Name: string, wish: Wish): Promise<string> {
    const { TargetGroups } = await this.elb.send(
      new elbv2.CreateTargetGroupCommand({
        Name,
        Protocol: wish.protocol ?? "TCP",
        Port: wish.nodePort,
        VpcId: this.account.vpcId,
        TargetType: "instance",
        HealthCheckIntervalSeconds: 5,
        HealthCheckTimeoutSeconds: 5,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 2,
        ...wish.group,
      }),
    );
    const groupArn = TargetGroups?.[0]?.TargetGroupArn ?? "";
    if (wish.attributes !== undefined) {
      const Attributes = Object.entries(wish.attributes).map(([Key, Value]) => ({ Key, Value }));
      await this.elb.send(
        new elbv2.ModifyTargetGroupAttributesCommand({ TargetGroupArn: groupArn, Attributes }),
      );
    }
    return groupArn;
  }

  async #listener(arn: string, groupArn: string, wish: Wish): Promise<void> {
    const { Listeners } = await this.elb.send(
      new elbv2.CreateListenerCommand({
        LoadBalancerArn: arn,
        Protocol: wish.tls === undefined ? (wish.protocol ?? "TCP") : "TLS",
        Port: 80,
        ...(wish.tls === undefined
          ? {}
          : {
              Certificates: wish.tls.certificates.slice(0, 1).map((CertificateArn) => ({ CertificateArn })),
              SslPolicy: wish.tls.sslPolicy,
              ...(wish.tls.alpnPolicy === undefined ? {} : { AlpnPolicy: [wish.tls.alpnPolicy] }),
            }),
        DefaultActions: [{ Type: "forward", TargetGroupArn: groupArn }],
      }),
    );
    const [, ...further] = wish.tls?.certificates ?? [];
    if (further.length > 0)
      await this.elb.send(
        new elbv2.AddListenerCertificatesCommand({
          ListenerArn: Listeners?.[0]?.ListenerArn,
          Certificates: further.map((CertificateArn) => ({ CertificateArn })),
        }),
      );
    if (wish.idleTimeoutSeconds === undefined) return;
    const Attributes = [{ Key: "tcp.idle_timeout.seconds", Value: wish.idleTimeoutSeconds.toString() }];
    const ListenerArn = Listeners?.[0]?.ListenerArn;
    await this.elb.send(new elbv2.ModifyListenerAttributesCommand({ ListenerArn, Attributes }));
  }

  /** @param indexes of nodes */
  async register(groupArn: string, ...indexes: number[]): Promise<void> {
    if (indexes.length === 0) return;
    const Targets = indexes.map((index) => ({ Id: this.account.nodes[index]?.instanceId }));
    await this.elb.send(new elbv2.RegisterTargetsCommand({ TargetGroupArn: groupArn, Targets }));
  }

  /** @param name of a node */
  async deregister(groupArn: string, name: string): Promise<void> {
    const Targets = [{ Id: this.account.nodes.find((node) => node.name === name)?.instanceId }];
    await this.elb.send(new elbv2.DeregisterTargetsCommand({ TargetGroupArn: groupArn, Targets }));
  }

  /** Gives a node a further address, and the router a way there if it is no address of the node's pods. */
  async hold(node: string, address: string): Promise<void> {
    const { address: via = "" } = nodes.find(({ name }) => name === node) ?? {};
    const ip = (...args: string[]): Promise<void> =>
      this.testbed.finish(this.testbed.inside({ program: "ip", args }));
    await ip("-n", node, "address", "add", `${address}/32`, "dev", "lo");
    await ip("route", "replace", `${address}/32`, "via", via, "dev", node, "onlink");
  }

  async setAttribute(TargetGroupArn: string, Key: string, Value: string): Promise<void> {
    const Attributes = [{ Key, Value }];
    await this.elb.send(new elbv2.ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes }));
  }

  /** Waits until the targets, which are addresses, have these states. */
  async healthOf(groupArn: string, expected: Readonly<Record<string, string>>): Promise<void> {
    await eventually(`target health is ${JSON.stringify(expected)}`, async () => {
      const { TargetHealthDescriptions = [] } = await this.elb.send(
        new elbv2.DescribeTargetHealthCommand({ TargetGroupArn: groupArn }),
      );
      const found = TargetHealthDescriptions.map(({ Target, TargetHealth }) => [
        Target?.Id ?? "",
        TargetHealth?.State ?? "",
      ]);
      return isDeepStrictEqual(Object.fromEntries(found), expected);
    });
  }

  /** The states of a group's targets by node, with their reasons if any. */
  async health(groupArn: string): Promise<Record<string, string>> {
    const { TargetHealthDescriptions } = await this.elb.send(
      new elbv2.DescribeTargetHealthCommand({ TargetGroupArn: groupArn }),
    );
    return Object.fromEntries(
      (TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) => [
        this.account.nodes.find(({ instanceId }) => instanceId === Target?.Id)?.name ?? "",
        [TargetHealth?.State, TargetHealth?.Reason].filter((text) => text !== undefined).join(" "),
      ]),
    );
  }

  /** Waits until the targets have these states. */
  async healthIs(groupArn: string, expected: Readonly<Record<string, string>>): Promise<void> {
    const wanted = JSON.stringify(Object.entries(expected).sort());
    let last = "";
    const isSo = async (): Promise<boolean> => {
      const states = Object.entries(await this.health(groupArn)).map(([node, state]) => [
        node,
        state.split(" ")[0],
      ]);
      return (last = JSON.stringify(states.sort())) === wanted;
    };
    await eventually(`target health is ${wanted}`, isSo).catch((error: unknown) =>
      assert.fail(`${String(error)}, but ${last}`),
    );
  }
}

/** The distinct nodes that answered, and the distinct errors. */
export const nodesOf = (answers: readonly Answer[]): string[] =>
  [...new Set(answers.map(({ node, error }) => node ?? error ?? "nothing"))].sort();

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
