import assert from "node:assert/strict";
import { TargetGroupNotFoundException } from "@aws-sdk/client-elastic-load-balancing-v2";
import { readInventory } from "../../../../../../comparison/clouds/aws/sources/inventory.ts";
import { readLoadBalancer } from "../../../../../../comparison/clouds/aws/sources/loadBalancer.ts";
import {
  arns,
  dnsName,
  ec2Answers,
  elbv2Answers,
  loadBalancer,
  targetGroup,
} from "../../../sources/account.ts";
import type { Answers, Call } from "../../../sources/clients.ts";
import { ec2Client, elbv2Client, sdkError, unheeded } from "../../../sources/clients.ts";

async function read(name: "own" | "theirs", answers: Answers = {}, calls: Call[] = []) {
  const clients = { elbv2: elbv2Client({ ...elbv2Answers, ...answers }, calls), ec2: ec2Client(ec2Answers) };
  const { loadBalancers, groups } = await readInventory(clients.elbv2, unheeded);
  const balancer = loadBalancers.find(({ LoadBalancerName }) => LoadBalancerName === name)!;
  return readLoadBalancer(clients, balancer, groups, unheeded);
}

describe("a load balancer of the ELBv2 API as facts", () => {
  it("has every field of the API", async () => {
    const tags = { "kubernetes.io/service-name": "web/cloud", "kubernetes.io/cluster/dev": "owned" };
    const { loadBalancer: arn, listener, targetGroup: groupArn } = arns("theirs");
    assert.deepEqual(await read("theirs"), {
      identity: { name: "theirs", id: arn },
      owner: "cloud controller",
      address: dnsName("theirs"),
      type: "network",
      state: "active",
      scheme: "internet-facing",
      ipAddressType: "ipv4",
      vpc: "vpc-1",
      zones: [{ zone: "us-west-2a", subnet: "subnet-a", addresses: ["203.0.113.1"] }],
      securityGroups: [],
      attributes: { "deletion_protection.enabled": "false" },
      tags,
      listeners: [
        {
          identity: { name: "TCP 80", id: listener },
          owner: "cloud controller",
          protocol: "TCP",
          port: 80,
          alpnPolicy: [],
          certificates: [],
          attributes: { "tcp.idle_timeout.seconds": "350" },
          forwardsTo: [groupArn],
        },
      ],
      pools: [
        {
          identity: { name: "theirs-http", id: groupArn },
          owner: "cloud controller",
          targetType: "instance",
          protocol: "TCP",
          port: 30081,
          ipAddressType: "ipv4",
          vpc: "vpc-1",
          healthCheck: {
            enabled: true,
            protocol: "TCP",
            port: "traffic-port",
            intervalSeconds: 30,
            timeoutSeconds: 10,
            healthyThresholdCount: 3,
            unhealthyThresholdCount: 3,
          },
          attributes: { "preserve_client_ip.enabled": "true" },
          tags,
          members: [{ id: "i-0a", port: 30081, owner: "cloud controller", state: "healthy" }],
        },
      ],
    });
  });

  it("belongs to another one without the controller's tags, with all its parts", async () => {
    const { owner, listeners, pools } = await read("own");
    assert.deepEqual(
      [owner, listeners[0]?.owner, pools[0]?.owner, pools[0]?.members[0]?.owner],
      ["other", "other", "other", "other"],
    );
  });

  it("has what only encrypted listeners have", async () => {
    const Listeners = [
      {
        ListenerArn: "l",
        Protocol: "TLS",
        Port: 443,
        SslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        AlpnPolicy: ["HTTP2Preferred"],
        Certificates: [{ CertificateArn: "arn:aws:acm:1" }],
      },
    ];
    const certificates = ["arn:aws:acm:3", "arn:aws:acm:1", "arn:aws:acm:2"];
    const Certificates = certificates.map((CertificateArn) => ({ CertificateArn }));
    const [listener] = (
      await read("own", {
        DescribeListeners: { Listeners },
        DescribeListenerCertificates: { Certificates },
      })
    ).listeners;
    assert.deepEqual(
      [listener?.sslPolicy, listener?.alpnPolicy, listener?.certificates, listener?.forwardsTo],
      [
        "ELBSecurityPolicy-TLS13-1-2-2021-06",
        ["HTTP2Preferred"],
        [1, 2, 3].map((each) => `arn:aws:acm:${each}`),
        [],
      ],
    );
  });

  it("says where a listener forwards to several groups, and sorts listeners by port", async () => {
    const Listeners = [
      {
        ListenerArn: "b",
        Protocol: "TCP",
        Port: 443,
        DefaultActions: [
          { ForwardConfig: { TargetGroups: [{ TargetGroupArn: "two" }, { TargetGroupArn: "one" }] } },
        ],
      },
      { ListenerArn: "a", Protocol: "TCP", Port: 80, DefaultActions: [{ TargetGroupArn: "one" }] },
    ];
    const { listeners } = await read("own", { DescribeListeners: { Listeners } });
    assert.deepEqual(
      listeners.map(({ port, forwardsTo }) => [port, forwardsTo]),
      [
        [80, ["one"]],
        [443, ["one", "two"]],
      ],
    );
  });

  it("has what only health checks over HTTP have, and a port of their own", async () => {
    const checked = {
      ...targetGroup("own"),
      HealthCheckProtocol: "HTTP",
      HealthCheckPort: "31000",
      HealthCheckPath: "/healthz",
      Matcher: { HttpCode: "200-399" },
    };
    const [group] = (await read("own", { DescribeTargetGroups: { TargetGroups: [checked] } })).pools;
    assert.deepEqual(
      [group?.healthCheck.port, group?.healthCheck.path, group?.healthCheck.matcher],
      [31000, "/healthz", "200-399"],
    );
  });

  it("has every target with its state and the reason for it, in the order of their ids", async () => {
    const TargetHealthDescriptions = [
      { Target: { Id: "i-0b" }, TargetHealth: { State: "unhealthy", Reason: "Target.FailedHealthChecks" } },
      { Target: { Id: "i-0a", Port: 30080 }, TargetHealth: { State: "healthy" } },
    ];
    const [group] = (await read("own", { DescribeTargetHealth: { TargetHealthDescriptions } })).pools;
    assert.deepEqual(group?.members, [
      { id: "i-0a", port: 30080, owner: "other", state: "healthy" },
      { id: "i-0b", port: 30080, owner: "other", state: "unhealthy", reason: "Target.FailedHealthChecks" },
    ]);
  });

  it("has the listeners of every page", async () => {
    const listener = (Port: number) => ({ ListenerArn: `l${Port}`, Protocol: "TCP", Port });
    const pages: Answers = {
      DescribeListeners: ({ Marker }) =>
        Marker === undefined
          ? { Listeners: [listener(80)], NextMarker: "more" }
          : { Listeners: [listener(81)] },
    };
    assert.deepEqual(
      (await read("own", pages)).listeners.map(({ port }) => port),
      [80, 81],
    );
  });

  it("asks for the tags of 20 resources at a time", async () => {
    const Listeners = Array.from({ length: 40 }, (_, index) => ({
      ListenerArn: `theirs-${index}`,
      Protocol: "TCP",
      Port: 1000 + index,
    }));
    const calls: Call[] = [];
    const { listeners } = await read("own", { DescribeListeners: { Listeners } }, calls);
    const asked = calls
      .filter(({ action }) => action === "DescribeTags")
      .map(({ input }) => (input.ResourceArns as string[]).length);
    assert.deepEqual(asked, [20, 20, 2]);
    assert.equal(
      listeners.every(({ owner }) => owner === "cloud controller"),
      true,
    );
  });
});

describe("all load balancers and target groups of an account", () => {
  it("are those of every page, with every group's targets", async () => {
    const client = elbv2Client({
      ...elbv2Answers,
      DescribeLoadBalancers: ({ Marker }) =>
        Marker === undefined
          ? { LoadBalancers: [loadBalancer("own")], NextMarker: "more" }
          : { LoadBalancers: [loadBalancer("theirs")] },
      DescribeTargetGroups: ({ Marker }) =>
        Marker === undefined
          ? { TargetGroups: [targetGroup("own")], NextMarker: "more" }
          : { TargetGroups: [targetGroup("theirs"), { ...targetGroup("own"), TargetType: "lambda" }] },
    });
    const { region, loadBalancers, groups } = await readInventory(client, unheeded);
    assert.equal(region, "us-west-2");
    assert.deepEqual(
      loadBalancers.map(({ LoadBalancerName }) => LoadBalancerName),
      ["own", "theirs"],
    );
    assert.deepEqual(
      groups.map(({ group, targets }) => [group.TargetGroupName, targets.length]),
      [
        ["own-http", 1],
        ["theirs-http", 1],
      ],
    );
  });

  it("are there without the targets of a group that goes meanwhile", async () => {
    const gone = ({ TargetGroupArn }: Readonly<Record<string, unknown>>): object => {
      if (TargetGroupArn === arns("own").targetGroup)
        throw new TargetGroupNotFoundException({ message: "gone", $metadata: {} });
      return { TargetHealthDescriptions: [{ Target: { Id: "i-0a" } }] };
    };
    const { groups } = await readInventory(
      elbv2Client({ ...elbv2Answers, DescribeTargetHealth: gone }),
      unheeded,
    );
    assert.deepEqual(
      groups.map(({ targets }) => targets.length),
      [0, 1],
    );
  });

  it("are unknown if another group's targets cannot be read", async () => {
    const denied = (): never => {
      throw sdkError("AccessDenied");
    };
    await assert.rejects(
      readInventory(elbv2Client({ ...elbv2Answers, DescribeTargetHealth: denied }), unheeded),
      {
        name: "AccessDenied",
      },
    );
  });
});
