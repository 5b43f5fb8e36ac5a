import assert from "node:assert/strict";
import { awsOperations } from "../../../../../../comparison/clouds/aws/operations/operations.ts";
import type { ServiceControllerName } from "../../../../../../components/aws/index.ts";
import { ec2Client, elbv2Client } from "../../../sources/clients.ts";
import type { Answers, Call } from "../../../sources/clients.ts";

const name = "web.elb.us-west-2.amazonaws.com";
const balancer = {
  LoadBalancerArn: "arn:aws:elasticloadbalancing:us-west-2:1:loadbalancer/net/web/1",
  DNSName: name,
  Scheme: "internal",
  AvailabilityZones: [{ ZoneName: "us-west-2b" }, { ZoneName: "us-west-2a" }],
};
const group = {
  TargetGroupArn: "tg-1",
  HealthCheckPort: "traffic-port",
  HealthCheckIntervalSeconds: 10,
};
const rule = {
  SecurityGroupRuleId: "sgr-1",
  GroupId: "sg-1",
  IsEgress: false,
  IpProtocol: "tcp",
  FromPort: 30080,
  ToPort: 30080,
  Description: "clients",
  CidrIpv4: "198.51.100.0/24",
};

const elbv2: Answers = {
  DescribeLoadBalancers: { LoadBalancers: [{ DNSName: "other" }, balancer] },
  DescribeListeners: {
    Listeners: [
      { Port: 80, ListenerArn: "listener-80" },
      { Port: 81, ListenerArn: "listener-81" },
    ],
  },
  DescribeTargetGroups: { TargetGroups: [group] },
  DescribeTargetGroupAttributes: {
    Attributes: [
      { Key: "deregistration_delay.timeout_seconds", Value: "120" },
      { Key: "deregistration_delay.connection_termination.enabled", Value: "true" },
      { Key: "proxy_protocol_v2.enabled", Value: "true" },
    ],
  },
  DeleteListener: {},
  DeregisterTargets: {},
  RegisterTargets: {},
  ModifyTargetGroup: {},
  ModifyTargetGroupAttributes: {},
};

const ec2: Answers = {
  DescribeSecurityGroups: { SecurityGroups: [{ GroupId: "sg-1" }, { GroupId: "sg-2" }] },
  DescribeSecurityGroupRules: {
    SecurityGroupRules: [
      rule,
      { ...rule, SecurityGroupRuleId: "sgr-2", IsEgress: true },
      { ...rule, SecurityGroupRuleId: "sgr-3", FromPort: 30000, ToPort: 32767 },
      { ...rule, SecurityGroupRuleId: "sgr-4", CidrIpv4: undefined, ReferencedGroupInfo: {} },
    ],
  },
  ModifySecurityGroupRules: {},
  RevokeSecurityGroupIngress: {},
};

function cloud(
  answers: { readonly elbv2?: Answers; readonly ec2?: Answers } = {},
  controller?: ServiceControllerName,
) {
  const calls: Call[] = [];
  const operations = awsOperations(
    {
      elbv2: elbv2Client({ ...elbv2, ...answers.elbv2 }, calls),
      ec2: ec2Client({ ...ec2, ...answers.ec2 }, calls),
    },
    controller,
  );
  /** What was changed: everything but questions. */
  const changes = () => calls.filter(({ action }) => !action.startsWith("Describe"));
  return { ...operations, changes };
}

describe("a Network Load Balancer in neutral words", () => {
  it("is found by its DNS name, or is an error", async () => {
    assert.equal(await cloud().scheme(name), "internal");
    await assert.rejects(cloud().scheme("gone.elb"), /no load balancer has the name gone\.elb/);
  });

  it("has an address for each zone, in the zones' order, and the private one if it is internal", async () => {
    const NetworkInterfaces = [
      {
        AvailabilityZone: "us-west-2a",
        PrivateIpAddress: "10.0.0.5",
        Association: { PublicIp: "203.0.113.1" },
      },
      { AvailabilityZone: "us-west-2b", PrivateIpAddress: "10.0.16.5" },
    ];
    assert.deepEqual(await cloud({ ec2: { DescribeNetworkInterfaces: { NetworkInterfaces } } }).zones(name), [
      { zone: "us-west-2a", address: "203.0.113.1", sourceAddress: "10.0.0.5" },
      { zone: "us-west-2b", address: "10.0.16.5", sourceAddress: "10.0.16.5" },
    ]);
  });

  it("has target groups as pools", async () => {
    assert.deepEqual(await cloud().pools(name), [
      {
        id: "tg-1",
        check: { port: "traffic-port", intervalSeconds: 10 },
        draining: { delaySeconds: 120, terminates: true },
        addsHeader: true,
      },
    ]);
  });

  it("has targets as members, with the meaning of their states", async () => {
    const states = [
      "initial",
      "healthy",
      "unhealthy",
      "unhealthy.draining",
      "draining",
      "unused",
      "unavailable",
    ];
    const TargetHealthDescriptions = states.map((State, index) => ({
      Target: { Id: `i-${index}`, Port: 30080 },
      TargetHealth: { State, Reason: index === 2 ? "Target.FailedHealthChecks" : undefined },
    }));
    const members = await cloud({
      elbv2: { DescribeTargetHealth: { TargetHealthDescriptions } },
    }).members(name);
    assert.deepEqual(
      members.map(({ state }) => state),
      ["initial", "healthy", "unhealthy", "unhealthy", "draining", "unused", "unknown"],
    );
    assert.deepEqual(members[2], {
      pool: "tg-1",
      machine: "i-2",
      port: 30080,
      state: "unhealthy",
      reason: "Target.FailedHealthChecks",
    });
  });

  it("loses the listener on a port, and no other", async () => {
    const operations = cloud();
    await operations.deleteListener(name, 81);
    assert.deepEqual(operations.changes(), [
      { action: "DeleteListener", input: { ListenerArn: "listener-81" } },
    ]);
    await assert.rejects(operations.deleteListener(name, 443), /has no listener on port 443/);
  });

  it("deregisters and registers a member, and sets draining and health check", async () => {
    const operations = cloud();
    const member = { pool: "tg-1", machine: "i-1" };
    await operations.takeOut(member);
    await operations.putBack(member);
    await operations.setDraining("tg-1", { delaySeconds: 300, terminates: false });
    await operations.setCheckPort("tg-1", "1");
    const target = { TargetGroupArn: "tg-1", Targets: [{ Id: "i-1" }] };
    assert.deepEqual(operations.changes(), [
      { action: "DeregisterTargets", input: target },
      { action: "RegisterTargets", input: target },
      {
        action: "ModifyTargetGroupAttributes",
        input: {
          TargetGroupArn: "tg-1",
          Attributes: [
            { Key: "deregistration_delay.timeout_seconds", Value: "300" },
            { Key: "deregistration_delay.connection_termination.enabled", Value: "false" },
          ],
        },
      },
      { action: "ModifyTargetGroup", input: { TargetGroupArn: "tg-1", HealthCheckPort: "1" } },
    ]);
  });
});

describe("security-group rules as openings", () => {
  it("are inbound rules of just this port, and have no source if that is another group", async () => {
    assert.deepEqual(await cloud().openings(30080), [
      { id: "sgr-1", source: "198.51.100.0/24" },
      { id: "sgr-4", source: undefined },
    ]);
  });

  it("of a load balancer are inbound rules of its own groups; without a group it has none", async () => {
    const grouped = { ...balancer, SecurityGroups: ["sg-1"] };
    assert.deepEqual(
      await cloud({ elbv2: { DescribeLoadBalancers: { LoadBalancers: [grouped] } } }).balancerOpenings(name),
      ["sgr-1", "sgr-3", "sgr-4"].map((id) => ({
        id,
        source: id === "sgr-4" ? undefined : "198.51.100.0/24",
      })),
    );
    assert.deepEqual(await cloud().balancerOpenings(name), []);
  });

  it("keep id, ports and description when their source changes", async () => {
    const operations = cloud();
    const changed = await operations.changeSource({ id: "sgr-1", source: "198.51.100.0/24" }, "192.0.2.0/24");
    assert.equal(changed, true);
    assert.deepEqual(operations.changes(), [
      {
        action: "ModifySecurityGroupRules",
        input: {
          GroupId: "sg-1",
          SecurityGroupRules: [
            {
              SecurityGroupRuleId: "sgr-1",
              SecurityGroupRule: {
                IpProtocol: "tcp",
                FromPort: 30080,
                ToPort: 30080,
                Description: "clients",
                CidrIpv4: "192.0.2.0/24",
              },
            },
          ],
        },
      },
    ]);
  });

  it("are not changed if they are gone", async () => {
    const operations = cloud();
    assert.equal(await operations.changeSource({ id: "sgr-9", source: undefined }, "192.0.2.0/24"), false);
    assert.deepEqual(operations.changes(), []);
  });

  it("are revoked by their id, or are an error if they are gone", async () => {
    const operations = cloud();
    await operations.close({ id: "sgr-1", source: undefined });
    assert.deepEqual(operations.changes(), [
      { action: "RevokeSecurityGroupIngress", input: { GroupId: "sg-1", SecurityGroupRuleIds: ["sgr-1"] } },
    ]);
    await assert.rejects(
      operations.close({ id: "sgr-9", source: undefined }),
      /no security-group rule sgr-9/,
    );
  });
});

describe("a Service that is to get a load balancer", () => {
  it("asks the controller that serves the LoadBalancer Services, by a class or without one", () => {
    const { loadBalancerService: usual } = cloud();
    assert.equal(usual.loadBalancerClass, undefined);
    assert.equal(usual.finalizer, "service.kubernetes.io/load-balancer-cleanup");
    const { loadBalancerService: other } = cloud({}, "aws-load-balancer-controller");
    assert.equal(other.loadBalancerClass, "service.k8s.aws/nlb");
    assert.equal(other.finalizer, "service.k8s.aws/resources");
  });
});

describe("the objects of an account", () => {
  it("are load balancers, their listeners, all target groups, security groups and rules, by identity", async () => {
    const LoadBalancers = [balancer];
    assert.deepEqual(await cloud({ elbv2: { DescribeLoadBalancers: { LoadBalancers } } }).objects(), {
      "load balancer": [balancer.LoadBalancerArn],
      listener: ["listener-80", "listener-81"],
      "target group": ["tg-1"],
      "security group": ["sg-1", "sg-2"],
      rule: ["sgr-1", "sgr-2", "sgr-3", "sgr-4"],
    });
  });
});
