/**
 * The emulated AWS API, called as the cloud controller, the Pulumi program and the data plane call it.
 *
 * What these tests do not prove: that AWS answers the same. Each behaviour's source stands beside its implementation in
 * lab/clouds/aws/api/emulator.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import {
  AttachLoadBalancerTargetGroupsCommand,
  DescribeAutoScalingGroupsCommand,
  DetachLoadBalancerTargetGroupsCommand,
} from "@aws-sdk/client-auto-scaling";
import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DescribeInstanceTopologyCommand,
  DescribeNetworkInterfacesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import type { IpPermission } from "@aws-sdk/client-ec2";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteListenerCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ModifyListenerCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
  SetSecurityGroupsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type {
  CreateListenerCommandInput,
  CreateLoadBalancerCommandInput,
  CreateTargetGroupCommandInput,
  LoadBalancer,
  TargetDescription,
  TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { seedAccount } from "../../../../../lab/clouds/aws/account/account.ts";
import { instancePlace } from "../../../../../lab/clouds/aws/account/account.ts";
import type { Account } from "../../../../../lab/clouds/aws/account/account.ts";
import { withAws } from "../../../../../lab/clouds/aws/account/clients.ts";
import { runInstance } from "../../../../../lab/clouds/aws/account/instances.ts";
import { joinNodeGroup, terminateNode } from "../../../../../lab/clouds/aws/account/nodeGroup.ts";
import { autoscalingGroupName } from "../../../../../lab/clouds/aws/layout.ts";
import { spareNodes } from "../../../../../lab/layout.ts";
import type { AwsFacts } from "../../../../../lab/clouds/aws/balancer/facts.ts";
import { buildTimeout, liveTools } from "../../../tools.ts";
import { RunningEmulator, timeScale } from "./runningEmulator.ts";

describe("the emulated AWS API", function () {
  this.timeout(20_000);
  let python: string;
  let aws: RunningEmulator;
  let account: Account;
  let made = 0;

  before(async function () {
    this.timeout(buildTimeout);
    const tools = await liveTools();
    python = tools.python;
    aws = await RunningEmulator.start(python);
    account = await seedAccount(aws.endpoint);
  });
  after(async () => {
    await aws.stop();
  });

  const unique = (prefix: string): string => `${prefix}-${(made += 1).toString()}`;
  const arn = (resource: { LoadBalancerArn?: string | undefined }): string =>
    resource.LoadBalancerArn ?? assert.fail("no ARN");
  const groupArn = (resource: TargetGroup): string => resource.TargetGroupArn ?? assert.fail("no ARN");
  const subnets = (): string[] => account.nodes.map(({ subnetId }) => subnetId);
  const instances = (): TargetDescription[] => account.nodes.map(({ instanceId }) => ({ Id: instanceId }));

  async function loadBalancer(more: Partial<CreateLoadBalancerCommandInput> = {}): Promise<LoadBalancer> {
    const settings = { Name: unique("nlb"), Type: "network" as const, Subnets: subnets(), ...more };
    const { LoadBalancers } = await aws.elb.send(new CreateLoadBalancerCommand(settings));
    return LoadBalancers?.[0] ?? assert.fail("no load balancer");
  }
  async function targetGroup(more: Partial<CreateTargetGroupCommandInput> = {}): Promise<TargetGroup> {
    const settings = {
      Name: unique("tg"),
      Protocol: "TCP" as const,
      Port: 30080,
      VpcId: account.vpcId,
      ...more,
    };
    const { TargetGroups } = await aws.elb.send(new CreateTargetGroupCommand(settings));
    return TargetGroups?.[0] ?? assert.fail("no target group");
  }
  async function listener(
    balancer: LoadBalancer,
    group: TargetGroup,
    more: Partial<CreateListenerCommandInput> = {},
  ): Promise<string> {
    const { Listeners } = await aws.elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: arn(balancer),
        Port: 80,
        Protocol: "TCP",
        DefaultActions: [{ Type: "forward", TargetGroupArn: groupArn(group) }],
        ...more,
      }),
    );
    return Listeners?.[0]?.ListenerArn ?? assert.fail("no listener");
  }
  async function described(balancer: LoadBalancer): Promise<LoadBalancer> {
    const { LoadBalancers } = await aws.elb.send(
      new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn(balancer)] }),
    );
    return LoadBalancers?.[0] ?? assert.fail("no load balancer");
  }
  async function activate(balancer: LoadBalancer): Promise<void> {
    const addresses = account.nodes.map(({ zone, subnetId }, index) => ({
      zone,
      subnetId,
      address: `203.0.113.${index.toString()}`,
      privateAddress: `10.0.${(16 * index + 8).toString()}.0`,
    }));
    const { status } = await aws.report("load-balancers", [{ loadBalancerArn: arn(balancer), addresses }]);
    assert.equal(status, 204);
  }
  async function healths(group: TargetGroup, targets?: TargetDescription[]): Promise<string[]> {
    const { TargetHealthDescriptions } = await aws.elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: groupArn(group), Targets: targets }),
    );
    return (TargetHealthDescriptions ?? []).map(({ TargetHealth }) =>
      [TargetHealth?.State, TargetHealth?.Reason ?? ""].join(" ").trim(),
    );
  }
  async function register(group: TargetGroup, targets = instances()): Promise<void> {
    await aws.elb.send(new RegisterTargetsCommand({ TargetGroupArn: groupArn(group), Targets: targets }));
  }
  async function reportHealth(
    group: TargetGroup,
    target: TargetDescription,
    state: string,
    reason?: string,
  ): Promise<Response> {
    return aws.report("target-health", [
      {
        targetGroupArn: groupArn(group),
        targetId: target.Id,
        port: target.Port ?? group.Port,
        state,
        reason,
      },
    ]);
  }
  async function attributes(group: TargetGroup): Promise<Record<string, string>> {
    const { Attributes } = await aws.elb.send(
      new DescribeTargetGroupAttributesCommand({ TargetGroupArn: groupArn(group) }),
    );
    return Object.fromEntries((Attributes ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
  }
  async function setAttribute(group: TargetGroup, Key: string, Value: string): Promise<void> {
    await aws.elb.send(
      new ModifyTargetGroupAttributesCommand({
        TargetGroupArn: groupArn(group),
        Attributes: [{ Key, Value }],
      }),
    );
  }

  describe("the seeded account", () => {
    it("is the same when it is seeded again", async () => {
      assert.deepEqual(await seedAccount(aws.endpoint), account);
    });

    it("has a subnet and an instance per zone", () => {
      assert.equal(new Set(account.nodes.map(({ zone }) => zone)).size, 3);
      assert.equal(new Set(account.nodes.map(({ subnetId }) => subnetId)).size, 3);
      assert.equal(new Set(account.nodes.map(({ instanceId }) => instanceId)).size, 3);
    });
  });

  describe("a security group", () => {
    const ports = { IpProtocol: "tcp", FromPort: 30080, ToPort: 30080 };
    const from = (CidrIp: string): IpPermission => ({
      ...ports,
      IpRanges: [{ CidrIp, Description: CidrIp }],
    });

    async function securityGroup(): Promise<string> {
      const settings = { GroupName: unique("sg"), Description: "x", VpcId: account.vpcId };
      return (await aws.ec2.send(new CreateSecurityGroupCommand(settings))).GroupId ?? assert.fail("no id");
    }
    async function authorize(
      GroupId: string,
      IpPermissions: IpPermission[],
    ): Promise<(string | undefined)[]> {
      const { SecurityGroupRules } = await aws.ec2.send(
        new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }),
      );
      return (SecurityGroupRules ?? []).map(({ Description }) => Description);
    }

    it("answers with all rules and their descriptions, those for another group too", async () => {
      const UserIdGroupPairs = [{ GroupId: account.nodeSecurityGroupId, Description: "nodes" }];
      assert.deepEqual(
        await authorize(await securityGroup(), [from("0.0.0.0/0"), { ...ports, UserIdGroupPairs }]),
        ["0.0.0.0/0", "nodes"],
      );
    });

    it("takes all rules of a call or none", async () => {
      const id = await securityGroup();
      await authorize(id, [from("10.0.0.0/8")]);
      await assert.rejects(authorize(id, [from("192.0.2.0/24"), from("10.0.0.0/8")]), {
        name: "InvalidPermission.Duplicate",
      });
      assert.deepEqual(await authorize(id, [from("192.0.2.0/24")]), ["192.0.2.0/24"]);
    });

    it("are at most 60 unless the account has been granted more, which the error says", async () => {
      const rules = (count: number): IpPermission[] =>
        Array.from({ length: count }, (_, index) => from(`10.0.${index.toString()}.0/24`));
      const full = await securityGroup();
      assert.equal((await authorize(full, rules(60))).length, 60);
      await assert.rejects(authorize(full, [from("192.0.2.0/24")]), {
        name: "RulesPerSecurityGroupLimitExceeded",
        message: new RegExp(
          `^The maximum number of rules per security group has been reached\\. \\(${full} would have 61 inbound rules, allowed are 60: .*lab:quotas\\.rulesPerSecurityGroup`,
        ),
      });
    });
  });

  describe("a Network Load Balancer", () => {
    it("has AWS's names and waits in provisioning for the data plane", async () => {
      const balancer = await loadBalancer({ Name: "named" });
      const [, id] =
        /:loadbalancer\/net\/named\/([0-9a-f]{16})$/.exec(arn(balancer)) ?? assert.fail(arn(balancer));
      assert.equal(balancer.DNSName, `named-${id ?? ""}.elb.us-west-2.amazonaws.com`);
      assert.equal(balancer.Type, "network");
      assert.equal(balancer.Scheme, "internet-facing");
      assert.equal(balancer.VpcId, account.vpcId);
      assert.equal((await described(balancer)).State?.Code, "provisioning");
      assert.deepEqual((await described(balancer)).SecurityGroups ?? [], []);
    });

    it("turns active and shows its addresses once the data plane reports them", async () => {
      const balancer = await loadBalancer();
      await activate(balancer);
      const { State, AvailabilityZones } = await described(balancer);
      assert.equal(State?.Code, "active");
      assert.deepEqual(
        AvailabilityZones?.map(({ ZoneName, LoadBalancerAddresses }) => [
          ZoneName,
          LoadBalancerAddresses?.[0]?.IpAddress,
        ]),
        [
          ["us-west-2a", "203.0.113.0"],
          ["us-west-2b", "203.0.113.1"],
          ["us-west-2c", "203.0.113.2"],
        ],
      );
    });

    it("is returned again for the same settings and refused for others under its name", async () => {
      const balancer = await loadBalancer();
      assert.equal(arn(await loadBalancer({ Name: balancer.LoadBalancerName })), arn(balancer));
      await assert.rejects(loadBalancer({ Name: balancer.LoadBalancerName, Scheme: "internal" }), {
        name: "DuplicateLoadBalancerNameException",
      });
    });

    it("is refused without an existing subnet and with two subnets of a zone", async () => {
      await assert.rejects(loadBalancer({ Subnets: ["subnet-0123456789abcdef0"] }), {
        name: "SubnetNotFoundException",
      });
      const [first = ""] = subnets();
      await assert.rejects(loadBalancer({ Subnets: [first, first] }), {
        name: "InvalidConfigurationRequestException",
      });
      await assert.rejects(loadBalancer({ Name: "internal-x" }), { name: "ValidationError" });
    });

    it("takes subnet mappings with chosen addresses", async () => {
      const [first = ""] = subnets();
      const mapping = { SubnetId: first, PrivateIPv4Address: "10.0.0.77" };
      const { AvailabilityZones } = await loadBalancer({
        Subnets: undefined,
        SubnetMappings: [mapping],
        Scheme: "internal",
      });
      assert.deepEqual(AvailabilityZones?.[0]?.LoadBalancerAddresses, [{ PrivateIPv4Address: "10.0.0.77" }]);
    });

    it("has AWS's attributes and refuses those of other kinds", async () => {
      const balancer = await loadBalancer();
      const read = async (): Promise<Record<string, string>> => {
        const { Attributes } = await aws.elb.send(
          new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn(balancer) }),
        );
        return Object.fromEntries((Attributes ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
      };
      const set = (Key: string, Value: string): Promise<unknown> =>
        aws.elb.send(
          new ModifyLoadBalancerAttributesCommand({
            LoadBalancerArn: arn(balancer),
            Attributes: [{ Key, Value }],
          }),
        );
      assert.equal((await read())["load_balancing.cross_zone.enabled"], "false");
      await set("load_balancing.cross_zone.enabled", "true");
      assert.equal((await read())["load_balancing.cross_zone.enabled"], "true");
      await assert.rejects(set("idle_timeout.timeout_seconds", "60"), {
        name: "InvalidConfigurationRequestException",
      });
      await assert.rejects(set("no.such.attribute", "1"), { name: "ValidationError" });
      await assert.rejects(set("deletion_protection.enabled", "yes"), { name: "ValidationError" });
    });

    it("cannot be deleted while it is protected, and deleting it twice is no error", async () => {
      const balancer = await loadBalancer();
      const protect = (Value: string): Promise<unknown> =>
        aws.elb.send(
          new ModifyLoadBalancerAttributesCommand({
            LoadBalancerArn: arn(balancer),
            Attributes: [{ Key: "deletion_protection.enabled", Value }],
          }),
        );
      const remove = (): Promise<unknown> =>
        aws.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn(balancer) }));
      await protect("true");
      await assert.rejects(remove(), { name: "OperationNotPermittedException" });
      await protect("false");
      await remove();
      await remove();
      await assert.rejects(described(balancer), { name: "LoadBalancerNotFoundException" });
      await assert.rejects(aws.elb.send(new DescribeTagsCommand({ ResourceArns: [arn(balancer)] })), {
        name: "LoadBalancerNotFoundException",
      });
    });

    it("can change its security groups only if it was made with some", async () => {
      const group = account.nodeSecurityGroupId;
      const set = (balancer: LoadBalancer, SecurityGroups: string[]): Promise<unknown> =>
        aws.elb.send(new SetSecurityGroupsCommand({ LoadBalancerArn: arn(balancer), SecurityGroups }));
      await assert.rejects(set(await loadBalancer(), [group]), {
        name: "InvalidConfigurationRequestException",
      });
      const guarded = await loadBalancer({ SecurityGroups: [group] });
      assert.deepEqual(guarded.SecurityGroups, [group]);
      await set(guarded, []);
      assert.deepEqual((await described(guarded)).SecurityGroups ?? [], []);
      await assert.rejects(set(guarded, ["sg-0123456789abcdef0"]), { name: "InvalidSecurityGroupException" });
    });

    it("holds its subnets and security groups by network interfaces", async () => {
      const { GroupId = "" } = await aws.ec2.send(
        new CreateSecurityGroupCommand({ GroupName: unique("sg"), Description: "x", VpcId: account.vpcId }),
      );
      const balancer = await loadBalancer({ SecurityGroups: [GroupId] });
      await activate(balancer);
      const { NetworkInterfaces } = await aws.ec2.send(
        new DescribeNetworkInterfacesCommand({
          Filters: [
            { Name: "description", Values: [`ELB ${arn(balancer).split(":loadbalancer/")[1] ?? ""}`] },
          ],
        }),
      );
      assert.deepEqual(NetworkInterfaces?.map((each) => each.Association?.PublicIp).sort(), [
        "203.0.113.0",
        "203.0.113.1",
        "203.0.113.2",
      ]);
      assert.deepEqual(NetworkInterfaces.map((each) => each.PrivateIpAddress).sort(), [
        "10.0.24.0",
        "10.0.40.0",
        "10.0.8.0",
      ]);
      const removal = (): Promise<unknown> => aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
      await assert.rejects(removal(), { name: "DependencyViolation" });
      await assert.rejects(aws.ec2.send(new DeleteSubnetCommand({ SubnetId: subnets()[0] })), {
        name: "DependencyViolation",
      });
      await aws.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn(balancer) }));
      await removal();
    });
  });

  describe("a target group", () => {
    it("has an NLB's default health check and attributes", async () => {
      const group = await targetGroup();
      assert.deepEqual(
        [
          group.HealthCheckProtocol,
          group.HealthCheckPort,
          group.HealthCheckIntervalSeconds,
          group.HealthCheckTimeoutSeconds,
        ],
        ["TCP", "traffic-port", 30, 10],
      );
      assert.deepEqual([group.HealthyThresholdCount, group.UnhealthyThresholdCount], [5, 2]);
      assert.equal(group.Matcher, undefined);
      assert.equal(group.TargetType, "instance");
      const values = await attributes(group);
      assert.equal(values["preserve_client_ip.enabled"], "true");
      assert.equal(values["proxy_protocol_v2.enabled"], "false");
      assert.equal(values["deregistration_delay.timeout_seconds"], "300");
      assert.equal(values["deregistration_delay.connection_termination.enabled"], "false");
      assert.equal(values["target_health_state.unhealthy.connection_termination.enabled"], "true");
      assert.equal(values["load_balancing.cross_zone.enabled"], "use_load_balancer_configuration");
    });

    it("waits 6 seconds in an HTTP check, on / for 200-399", async () => {
      const group = await targetGroup({ HealthCheckProtocol: "HTTP", HealthCheckIntervalSeconds: 10 });
      assert.deepEqual(
        [group.HealthCheckTimeoutSeconds, group.HealthCheckPath, group.Matcher?.HttpCode],
        [6, "/", "200-399"],
      );
    });

    it("refuses health checks outside AWS's ranges", async () => {
      const refused = { name: "ValidationError" };
      await assert.rejects(targetGroup({ HealthCheckIntervalSeconds: 5 }), {
        message: "Health check timeout '10' must be smaller than or equal to the interval '5'",
      });
      await assert.rejects(
        targetGroup({ HealthCheckIntervalSeconds: 4, HealthCheckTimeoutSeconds: 2 }),
        refused,
      );
      await assert.rejects(targetGroup({ HealthyThresholdCount: 1 }), refused);
      await assert.rejects(targetGroup({ HealthCheckProtocol: "UDP" }), refused);
      await assert.rejects(targetGroup({ HealthCheckPort: "http" }), refused);
      await assert.rejects(targetGroup({ Port: 70000 }), refused);
    });

    it("keeps what ModifyTargetGroup leaves out, and gets a path when it turns to HTTP", async () => {
      const group = await targetGroup({ HealthyThresholdCount: 3, UnhealthyThresholdCount: 3 });
      const modify = async (change: object): Promise<TargetGroup> => {
        const { TargetGroups } = await aws.elb.send(
          new ModifyTargetGroupCommand({ TargetGroupArn: groupArn(group), ...change }),
        );
        return TargetGroups?.[0] ?? assert.fail("no target group");
      };
      const http = await modify({
        HealthCheckProtocol: "HTTP",
        HealthCheckPort: "31000",
        HealthCheckPath: "/healthz",
        HealthCheckIntervalSeconds: 10,
      });
      assert.deepEqual(
        [
          http.HealthCheckPath,
          http.HealthCheckPort,
          http.HealthyThresholdCount,
          http.HealthCheckTimeoutSeconds,
        ],
        ["/healthz", "31000", 3, 10],
      );
      await assert.rejects(modify({ HealthCheckIntervalSeconds: 5 }), { name: "ValidationError" });
      const tcp = await modify({ HealthCheckProtocol: "TCP", HealthCheckPort: "traffic-port" });
      assert.deepEqual(
        [tcp.HealthCheckPath, tcp.Matcher, tcp.HealthCheckIntervalSeconds],
        [undefined, undefined, 10],
      );
    });

    it("is returned again for the same settings and refused for others under its name", async () => {
      const group = await targetGroup();
      assert.equal(groupArn(await targetGroup({ Name: group.TargetGroupName })), groupArn(group));
      await assert.rejects(targetGroup({ Name: group.TargetGroupName, Port: 30081 }), {
        name: "DuplicateTargetGroupNameException",
      });
    });

    it("refuses unknown attributes, other kinds' attributes and UDP without client IP", async () => {
      const udp = await targetGroup({ Protocol: "UDP" });
      assert.equal((await attributes(udp))["deregistration_delay.connection_termination.enabled"], "true");
      await assert.rejects(setAttribute(udp, "no.such.attribute", "1"), {
        name: "ValidationError",
        message: "Target group attribute key 'no.such.attribute' is not recognized",
      });
      await assert.rejects(setAttribute(udp, "slow_start.duration_seconds", "30"), {
        name: "InvalidConfigurationRequestException",
      });
      await assert.rejects(setAttribute(udp, "preserve_client_ip.enabled", "false"), {
        name: "InvalidConfigurationRequestException",
      });
      await assert.rejects(setAttribute(udp, "deregistration_delay.timeout_seconds", "3601"), {
        name: "ValidationError",
      });
      await setAttribute(await targetGroup(), "preserve_client_ip.enabled", "false");
    });

    it("drains when unhealthy only if it does not end connections then", async () => {
      const group = await targetGroup();
      const draining = "target_health_state.unhealthy.draining_interval_seconds";
      const ending = "target_health_state.unhealthy.connection_termination.enabled";
      await assert.rejects(setAttribute(group, draining, "60"), {
        name: "InvalidConfigurationRequestException",
        message:
          /can only be set if 'target_health_state\.unhealthy\.connection_termination\.enabled' is 'false'/,
      });
      await setAttribute(group, ending, "false");
      await setAttribute(group, draining, "60");
      await assert.rejects(setAttribute(group, ending, "true"));
    });

    it("cannot be deleted while a listener uses it", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const listenerArn = await listener(balancer, group);
      const remove = (): Promise<unknown> =>
        aws.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: groupArn(group) }));
      await assert.rejects(remove(), { name: "ResourceInUseException" });
      await aws.elb.send(new DeleteListenerCommand({ ListenerArn: listenerArn }));
      await remove();
    });

    it("is found by its load balancer, whose list may be empty", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const list = async (): Promise<(string | undefined)[]> => {
        const { TargetGroups } = await aws.elb.send(
          new DescribeTargetGroupsCommand({ LoadBalancerArn: arn(balancer) }),
        );
        return (TargetGroups ?? []).map(({ TargetGroupArn }) => TargetGroupArn);
      };
      assert.deepEqual(await list(), []);
      const listenerArn = await listener(balancer, group);
      assert.deepEqual(await list(), [groupArn(group)]);
      await aws.elb.send(new DeleteListenerCommand({ ListenerArn: listenerArn }));
      assert.deepEqual(await list(), []);
    });
  });

  describe("a listener", () => {
    it("is of TCP, UDP or TCP_UDP, with target groups of fitting protocols", async () => {
      const balancer = await loadBalancer();
      await listener(balancer, await targetGroup());
      await listener(balancer, await targetGroup({ Protocol: "UDP" }), { Protocol: "UDP", Port: 53 });
      const both = await targetGroup({ Protocol: "TCP_UDP" });
      await listener(balancer, both, { Protocol: "TCP_UDP", Port: 54 });
      await assert.rejects(listener(balancer, await targetGroup(), { Protocol: "UDP", Port: 55 }), {
        name: "IncompatibleProtocolsException",
      });
      await assert.rejects(listener(balancer, both, { Protocol: "TLS", Port: 443 }), {
        name: /IncompatibleProtocols|ValidationError/,
      });
      await assert.rejects(listener(balancer, await targetGroup(), { Protocol: "HTTP", Port: 56 }), {
        name: "ValidationError",
      });
    });

    it("has no TLS settings unless it is of TLS, which needs a certificate", async () => {
      const balancer = await loadBalancer();
      await listener(balancer, await targetGroup());
      const { Listeners } = await aws.elb.send(
        new DescribeListenersCommand({ LoadBalancerArn: arn(balancer) }),
      );
      assert.equal(Listeners?.[0]?.SslPolicy, undefined);
      assert.equal(Listeners?.[0]?.Certificates, undefined);
      const tls = { Protocol: "TLS" as const, Port: 443 };
      await assert.rejects(listener(balancer, await targetGroup(), tls), { name: "ValidationError" });
      const CertificateArn =
        "arn:aws:acm:us-west-2:123456789012:certificate/00000000-0000-0000-0000-000000000000";
      await listener(balancer, await targetGroup(), { ...tls, Certificates: [{ CertificateArn }] });
    });

    it("shares its port with no other, of whatever protocol", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const first = await listener(balancer, group);
      assert.equal(await listener(balancer, group), first);
      await assert.rejects(listener(balancer, await targetGroup()), { name: "DuplicateListenerException" });
      await assert.rejects(listener(balancer, await targetGroup({ Protocol: "UDP" }), { Protocol: "UDP" }), {
        name: "DuplicateListenerException",
      });
      const second = await listener(balancer, await targetGroup(), { Port: 81 });
      await assert.rejects(aws.elb.send(new ModifyListenerCommand({ ListenerArn: second, Port: 80 })), {
        name: "ValidationError",
      });
    });

    it("moves to another target group and protocol, which frees the old group", async () => {
      const [balancer, old, next] = [
        await loadBalancer(),
        await targetGroup(),
        await targetGroup({ Protocol: "UDP" }),
      ];
      const ListenerArn = await listener(balancer, old);
      const { Listeners } = await aws.elb.send(
        new ModifyListenerCommand({
          ListenerArn,
          Protocol: "UDP",
          DefaultActions: [{ Type: "forward", TargetGroupArn: groupArn(next) }],
        }),
      );
      assert.equal(Listeners?.[0]?.Protocol, "UDP");
      assert.equal(Listeners[0].DefaultActions?.[0]?.TargetGroupArn, groupArn(next));
      const { TargetGroups } = await aws.elb.send(
        new DescribeTargetGroupsCommand({ TargetGroupArns: [groupArn(next)] }),
      );
      assert.deepEqual(TargetGroups?.[0]?.LoadBalancerArns, [arn(balancer)]);
      await aws.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: groupArn(old) }));
    });

    it("cannot forward to another load balancer's target group", async () => {
      const group = await targetGroup();
      await listener(await loadBalancer(), group);
      await assert.rejects(listener(await loadBalancer(), group), {
        name: "TargetGroupAssociationLimitException",
      });
    });
  });

  describe("a target", () => {
    it("must be a running instance that exists", async () => {
      const group = await targetGroup();
      await assert.rejects(register(group, [{ Id: "i-0123456789abcdef0" }]), {
        name: "InvalidTargetException",
        message: "The following instances do not exist: 'i-0123456789abcdef0'",
      });
      await assert.rejects(register(group, [{ Id: "10.0.0.10" }]), { name: "ValidationError" });
      assert.deepEqual(await healths(group), []);
    });

    it("is unused until a listener forwards to its group, then registers until the data plane knows more", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const [first = assert.fail()] = instances();
      await register(group, [first]);
      assert.deepEqual(await healths(group), ["unused Target.NotInUse"]);
      await listener(balancer, group);
      assert.deepEqual(await healths(group), ["initial Elb.RegistrationInProgress"]);
      await activate(balancer);
      assert.equal((await reportHealth(group, first, "initial", "Elb.InitialHealthChecking")).status, 204);
      assert.deepEqual(await healths(group), ["initial Elb.InitialHealthChecking"]);
      await reportHealth(group, first, "healthy");
      assert.deepEqual(await healths(group), ["healthy"]);
      await reportHealth(group, first, "unhealthy", "Target.FailedHealthChecks");
      const { TargetHealthDescriptions } = await aws.elb.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: groupArn(group) }),
      );
      assert.deepEqual(TargetHealthDescriptions, [
        {
          Target: { Id: first.Id, Port: 30080 },
          HealthCheckPort: "30080",
          TargetHealth: {
            State: "unhealthy",
            Reason: "Target.FailedHealthChecks",
            Description: "Health checks failed",
          },
        },
      ]);
    });

    it("is unused in a zone that the load balancer does not have", async () => {
      const [balancer, group] = [await loadBalancer({ Subnets: subnets().slice(0, 2) }), await targetGroup()];
      await listener(balancer, group);
      await register(group);
      assert.deepEqual(await healths(group), [
        "initial Elb.RegistrationInProgress",
        "initial Elb.RegistrationInProgress",
        "unused Target.NotInUse",
      ]);
    });

    it("drains for the deregistration delay after it is deregistered, and may come back meanwhile", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const targets = instances().slice(0, 1);
      await listener(balancer, group);
      await register(group, targets);
      await reportHealth(group, targets[0] ?? assert.fail(), "healthy");
      const deregister = (): Promise<unknown> =>
        aws.elb.send(new DeregisterTargetsCommand({ TargetGroupArn: groupArn(group), Targets: targets }));
      await setAttribute(group, "deregistration_delay.timeout_seconds", "3600");
      await deregister();
      assert.deepEqual(await healths(group), ["draining Target.DeregistrationInProgress"]);
      await register(group, targets);
      assert.deepEqual(await healths(group), ["initial Elb.RegistrationInProgress"]);
      await setAttribute(group, "deregistration_delay.timeout_seconds", "100");
      await deregister();
      await setTimeout((100 / timeScale) * 1000);
      assert.deepEqual(await healths(group), []);
      assert.deepEqual(await healths(group, targets), ["unused Target.NotRegistered"]);
      await deregister();
    });

    it("may be registered on several ports", async () => {
      const group = await targetGroup();
      const [first = assert.fail()] = instances();
      await register(group, [
        { ...first, Port: 30001 },
        { ...first, Port: 30002 },
      ]);
      assert.equal((await healths(group)).length, 2);
      await aws.elb.send(
        new DeregisterTargetsCommand({
          TargetGroupArn: groupArn(group),
          Targets: [{ ...first, Port: 30001 }],
        }),
      );
      assert.equal((await healths(group)).length, 1);
    });

    it("that is gone is named to the data plane, after its other reports were taken over", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const [first = assert.fail(), second = assert.fail()] = instances();
      await listener(balancer, group);
      await activate(balancer);
      await register(group, [second]);
      const report = ({ Id }: TargetDescription, targetGroupArn: string): object => ({
        targetGroupArn,
        targetId: Id,
        port: 30080,
        state: "healthy",
      });
      const answer = await aws.report("target-health", [
        report(first, groupArn(group)),
        report(second, groupArn(group)),
        report(first, "arn:gone"),
      ]);
      assert.equal(answer.status, 404);
      assert.equal(
        await answer.text(),
        `no longer there: target ${first.Id ?? ""}:30080 of ${groupArn(group)}, arn:gone`,
      );
      assert.deepEqual(await healths(group), ["healthy"]);
      assert.equal(
        (await aws.report("load-balancers", [{ loadBalancerArn: "arn:gone", addresses: [] }])).status,
        404,
      );
      assert.equal((await reportHealth(group, second, "cheerful")).status, 400);
    });
  });

  describe("the server", () => {
    it("gives its revision anew after each change, also when a draining target goes by itself", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const revision = async (): Promise<string> => (await fetch(`${aws.endpoint}/lab/revision`)).text();
      await setAttribute(group, "deregistration_delay.timeout_seconds", "2000");
      await listener(balancer, group);
      const before = await revision();
      await described(balancer);
      await activate(balancer);
      assert.equal(await revision(), before);
      await register(group);
      const registered = await revision();
      assert.notEqual(registered, before);
      const Targets = instances();
      await aws.elb.send(new DeregisterTargetsCommand({ TargetGroupArn: groupArn(group), Targets }));
      const draining = await revision();
      assert.notEqual(draining, registered);
      await setTimeout((2000 / timeScale) * 1000);
      assert.notEqual(await revision(), draining);
    });

    it("tells the data plane all that it needs in one answer", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      await listener(balancer, group);
      await register(group);
      await activate(balancer);
      const unused = await targetGroup();
      const facts = (await (await fetch(`${aws.endpoint}/lab/facts`)).json()) as AwsFacts;
      const found = facts.loadBalancers.find((each) => each.arn === arn(balancer));
      assert.deepEqual(
        { ...found, attributes: undefined, listeners: undefined },
        {
          arn: arn(balancer),
          name: balancer.LoadBalancerName,
          dnsName: balancer.DNSName,
          scheme: "internet-facing",
          state: "active",
          zones: account.nodes.map(({ zone, subnetId }) => ({ zone, subnetId })),
          securityGroups: [],
          attributes: undefined,
          listeners: undefined,
        },
      );
      assert.equal(found?.attributes["load_balancing.cross_zone.enabled"], "false");
      assert.deepEqual(
        found.listeners.map(({ arn: _arn, ...rest }) => rest),
        [
          {
            protocol: "TCP",
            port: 80,
            targetGroupArn: groupArn(group),
            attributes: { "tcp.idle_timeout.seconds": "350" },
          },
        ],
      );
      const shown = facts.targetGroups.find((each) => each.arn === groupArn(group));
      assert.deepEqual(
        { ...shown, attributes: undefined },
        {
          arn: groupArn(group),
          protocol: "TCP",
          port: 30080,
          targetType: "instance",
          healthCheck: {
            protocol: "TCP",
            port: "traffic-port",
            path: "/",
            matcher: "200-399",
            intervalSeconds: 30,
            timeoutSeconds: 10,
            healthyThreshold: 5,
            unhealthyThreshold: 2,
          },
          attributes: undefined,
          targets: account.nodes.map(({ instanceId }) => ({
            id: instanceId,
            port: 30080,
            state: "initial",
            reason: "Elb.RegistrationInProgress",
          })),
        },
      );
      assert.deepEqual(shown?.attributes, await attributes(group));
      assert.ok(!facts.targetGroups.some((each) => each.arn === groupArn(unused)));
      assert.deepEqual(
        facts.instances.filter(({ id }) => account.nodes.some(({ instanceId }) => instanceId === id)),
        account.nodes.map(({ instanceId, address, zone }) => ({
          id: instanceId,
          address,
          zone,
          securityGroups: [account.nodeSecurityGroupId],
        })),
      );
      const guarding = facts.securityGroups.find(({ id }) => id === account.nodeSecurityGroupId);
      const everything = { protocol: "-1", fromPort: -1, toPort: -1 };
      assert.deepEqual(guarding?.ingress[0], {
        ...everything,
        cidrs: [],
        groups: [account.nodeSecurityGroupId],
      });
      assert.deepEqual(guarding.egress, [{ ...everything, cidrs: ["0.0.0.0/0"], groups: [] }]);
    });

    it("survives being killed at any moment", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const [first = assert.fail()] = instances();
      await listener(balancer, group);
      await register(group, [first]);
      await activate(balancer);
      await reportHealth(group, first, "healthy");
      const beforehand = [await described(balancer), await healths(group), await attributes(group)];
      await aws.killAndRestart();
      assert.deepEqual(
        [await described(balancer), await healths(group), await attributes(group)],
        beforehand,
      );
      assert.deepEqual(await seedAccount(aws.endpoint), account);
      // Still one account: EC2's subnets are the load balancers' subnets.
      await assert.rejects(aws.ec2.send(new DeleteSubnetCommand({ SubnetId: subnets()[0] })), {
        name: "DependencyViolation",
      });
    });

    it("has everything that it answered for after it was killed in the middle of work", async () => {
      const answered: string[] = [];
      const working = (async () => {
        for (;;) answered.push(groupArn(await targetGroup()));
      })();
      const interrupted = assert.rejects(working);
      await setTimeout(200);
      await aws.killAndRestart();
      await interrupted;
      assert.ok(answered.length > 0);
      const { TargetGroups } = await aws.elb.send(
        new DescribeTargetGroupsCommand({ TargetGroupArns: answered }),
      );
      assert.equal(TargetGroups?.length, answered.length);
    });

    it("refuses a damaged state, naming the file and the remedy", async () => {
      const stateDirectory = mkdtempSync(join(tmpdir(), "emulator-test-"));
      writeFileSync(join(stateDirectory, "account.pickle"), "no pickle");
      const emulator = RunningEmulator.start(python, stateDirectory);
      await assert.rejects(
        emulator,
        /exit code 1:.*cannot read the account's state in .*\/account\.pickle.* Remove the file/s,
      );
      rmSync(stateDirectory, { recursive: true });
    });

    it("answers what it does not know as AWS does", async () => {
      assert.deepEqual((await aws.ec2.send(new DescribeInstanceTopologyCommand({}))).Instances, []);
      const answer = await aws.query("ec2", { Action: "MakeCoffee", Version: "2016-11-15" });
      assert.equal(answer.status, 400);
      assert.match(await answer.text(), /<Code>InvalidAction<\/Code>/);
    });

    it("logs a line per call that changes something, and none for reading", async () => {
      const balancer = await loadBalancer();
      await described(balancer);
      await assert.rejects(loadBalancer({ Name: balancer.LoadBalancerName, Scheme: "internal" }));
      const name = balancer.LoadBalancerName ?? "";
      await aws.logged(`CreateLoadBalancer ${name} 200\n`);
      await aws.logged(`CreateLoadBalancer ${name} 400 DuplicateLoadBalancerName\n`);
      assert.doesNotMatch(aws.log, /Describe/);
    });
  });

  describe("an Auto Scaling group", () => {
    it("registers the instances it launches and takes out those it terminates", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      await setAttribute(group, "deregistration_delay.timeout_seconds", "3600");
      await listener(balancer, group);
      const call = async (Action: string, parameters: Record<string, string>): Promise<void> => {
        const answer = await aws.query("autoscaling", { Action, Version: "2011-01-01", ...parameters });
        assert.equal(answer.status, 200, await answer.text());
      };
      const AutoScalingGroupName = unique("asg");
      await call("CreateLaunchConfiguration", {
        LaunchConfigurationName: AutoScalingGroupName,
        ImageId: "ami-0123456789abcdef0",
        InstanceType: "m7i.large",
      });
      await call("CreateAutoScalingGroup", {
        AutoScalingGroupName,
        LaunchConfigurationName: AutoScalingGroupName,
        VPCZoneIdentifier: subnets()[0] ?? "",
        MinSize: "0",
        MaxSize: "3",
        DesiredCapacity: "2",
        "TargetGroupARNs.member.1": groupArn(group),
      });
      assert.deepEqual(await healths(group), Array(2).fill("initial Elb.RegistrationInProgress"));
      await call("SetDesiredCapacity", { AutoScalingGroupName, DesiredCapacity: "1" });
      assert.deepEqual((await healths(group)).sort(), [
        "draining Target.DeregistrationInProgress",
        "initial Elb.RegistrationInProgress",
      ]);
      await call("DeleteAutoScalingGroup", { AutoScalingGroupName, ForceDelete: "true" });
      assert.deepEqual(await healths(group), Array(2).fill("draining Target.DeregistrationInProgress"));
    });
  });

  describe("the nodes' Auto Scaling group", () => {
    const draining = "draining Target.DeregistrationInProgress";
    const registering = "initial Elb.RegistrationInProgress";
    const attach = (group: TargetGroup, name = autoscalingGroupName) =>
      aws.autoScaling.send(
        new AttachLoadBalancerTargetGroupsCommand({
          AutoScalingGroupName: name,
          TargetGroupARNs: [groupArn(group)],
        }),
      );
    const detach = (group: TargetGroup) =>
      aws.autoScaling.send(
        new DetachLoadBalancerTargetGroupsCommand({
          AutoScalingGroupName: autoscalingGroupName,
          TargetGroupARNs: [groupArn(group)],
        }),
      );
    async function described(): Promise<AutoScalingGroup> {
      const { AutoScalingGroups } = await aws.autoScaling.send(
        new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [autoscalingGroupName] }),
      );
      return AutoScalingGroups?.[0] ?? assert.fail("no group");
    }
    async function inUse(): Promise<TargetGroup> {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      await setAttribute(group, "deregistration_delay.timeout_seconds", "3600");
      await listener(balancer, group);
      return group;
    }
    // Without a data plane, load balancers take the addresses that are free, and those that instances had.
    let address = 250;
    const spare = () => ({
      ...(spareNodes[0] ?? assert.fail("no spare node")),
      address: `10.0.15.${(address -= 1).toString()}`,
    });
    const withNode = (use: (instanceId: string) => Promise<void>) =>
      withAws(aws.endpoint, async (clients) => {
        const instanceId = await runInstance(clients.ec2, instancePlace(account), spare());
        try {
          await use(instanceId);
        } finally {
          await terminateNode(clients, instanceId);
        }
      });

    it("has the nodes as its instances, and the tags of an EKS managed node group", async () => {
      const { Instances = [], Tags = [], DesiredCapacity } = await described();
      assert.deepEqual(
        Instances.map(({ InstanceId }) => InstanceId).sort(),
        account.nodes.map(({ instanceId }) => instanceId).sort(),
      );
      assert.equal(DesiredCapacity, account.nodes.length);
      assert.ok(Tags.some(({ Key, Value }) => Key === "eks:cluster-name" && Value === "dev"));
    });

    it("registers its instances at a target group that it is attached to, and takes them out when it is detached", async () => {
      const group = await inUse();
      await attach(group);
      assert.deepEqual(await healths(group), Array(3).fill(registering));
      await attach(group);
      assert.deepEqual(await healths(group), Array(3).fill(registering));
      await detach(group);
      assert.deepEqual(await healths(group), Array(3).fill(draining));
      await assert.rejects(detach(group), { name: "ValidationError", message: /not part of the group/ });
    });

    it("registers a node that joins, and takes out one that is terminated in the group", async () => {
      const group = await inUse();
      await attach(group);
      await withNode(async (instanceId) => {
        assert.equal((await healths(group)).length, 3);
        await joinNodeGroup(aws.autoScaling, [instanceId]);
        assert.deepEqual(await healths(group), Array(4).fill(registering));
        assert.equal((await described()).DesiredCapacity, 4);
      });
      assert.deepEqual((await healths(group)).sort(), [draining, ...Array<string>(3).fill(registering)]);
      const { DesiredCapacity, Instances = [] } = await described();
      assert.deepEqual([DesiredCapacity, Instances.length], [3, 3]);
      await detach(group);
    });

    it("leaves a target alone that somebody else has taken out, until its instance comes or goes", async () => {
      const group = await inUse();
      await attach(group);
      await aws.elb.send(
        new DeregisterTargetsCommand({ TargetGroupArn: groupArn(group), Targets: instances().slice(0, 1) }),
      );
      await withNode((instanceId) => joinNodeGroup(aws.autoScaling, [instanceId]));
      assert.equal((await healths(group)).filter((state) => state === registering).length, 2);
      await detach(group);
    });

    it("keeps its attachments over a restart", async () => {
      const group = await inUse();
      await attach(group);
      await aws.killAndRestart();
      assert.ok((await described()).TargetGroupARNs?.includes(groupArn(group)));
      await withNode(async (instanceId) => {
        await joinNodeGroup(aws.autoScaling, [instanceId]);
        assert.deepEqual(await healths(group), Array(4).fill(registering));
      });
      await detach(group);
    });

    it("does without a target group that was deleted while it was attached", async () => {
      const group = await targetGroup();
      await attach(group);
      await aws.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: groupArn(group) }));
      await withNode((instanceId) => joinNodeGroup(aws.autoScaling, [instanceId]));
      await detach(group);
    });

    it("is refused by a name that no group has, and for a target group that does not exist", async () => {
      const group = await targetGroup();
      await assert.rejects(attach(group, "none"), {
        name: "ValidationError",
        message: /AutoScalingGroup 'none' not found/,
      });
      await aws.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: groupArn(group) }));
      await assert.rejects(attach(group), { name: "ValidationError", message: /ensure they exist/ });
    });
  });

  // Last: the account has a node less afterwards.
  describe("a terminated instance", () => {
    it("has its targets drained", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      await setAttribute(group, "deregistration_delay.timeout_seconds", "3600");
      await listener(balancer, group);
      await register(group);
      await aws.ec2.send(
        new TerminateInstancesCommand({ InstanceIds: [account.nodes[0]?.instanceId ?? ""] }),
      );
      assert.equal(
        (await healths(group)).filter((state) => state === "draining Target.DeregistrationInProgress").length,
        1,
      );
      await assert.rejects(register(group, instances().slice(0, 1)), {
        name: "InvalidTargetException",
        message: /not in a running state/,
      });
    });

    it("is replaced when the account is seeded again", async () => {
      const [first] = (await seedAccount(aws.endpoint)).nodes;
      assert.notEqual(first?.instanceId, account.nodes[0]?.instanceId);
      assert.equal(first?.address, account.nodes[0]?.address);
      const { AutoScalingGroups } = await aws.autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
      assert.deepEqual(
        AutoScalingGroups?.flatMap(({ Instances }) => Instances ?? []).length,
        account.nodes.length,
      );
    });
  });
});
