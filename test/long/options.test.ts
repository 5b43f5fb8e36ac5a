/**
 * The options that only the hand-made load balancer has, in a program of its own on a separate lab.
 * These tests prove nothing about AWS itself: its API is emulated.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  DescribeListenerAttributesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeTargetGroupAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { labClient } from "../../cli/labClient.ts";
import type { NetworkLoadBalancerOptions } from "../../components/index.ts";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { CloudWatch } from "../../lab/clouds/aws/cloudwatch/cloudWatch.ts";
import { region } from "../../lab/clouds/aws/layout.ts";
import { S3 } from "../../lab/clouds/aws/s3/s3.ts";
import { labStatus } from "../../lab/lab.ts";
import { loadBalancerNamed, loadBalancersIn, targetGroupsOf } from "../live/clouds/aws/account.ts";
import { healthyTargets } from "../live/healthyTargets.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

const name = "edge";
const bucket = "logs-of-edge";
const topic = "arn:aws:sns:us-west-2:123456789012:on-call";

const everything: Partial<NetworkLoadBalancerOptions> = {
  loadBalancerName: name,
  crossZoneLoadBalancing: true,
  dnsRecordClientRoutingPolicy: "availability_zone_affinity",
  stickiness: "source_ip",
  tcpIdleTimeoutSeconds: 900,
  deregistrationDelaySeconds: 30,
  connectionTermination: true,
  unhealthyConnectionTermination: false,
  unhealthyDrainingIntervalSeconds: 60,
  targetGroupHealth: { dnsFailover: "off", unhealthyStateRouting: { minimumHealthyTargetsPercentage: 50 } },
  accessLogs: { bucket, prefix: "edge", createBucket: true },
  unhealthyHostCountAlarm: { threshold: 2, evaluationPeriods: 5, alarmActions: [topic] },
  tags: { team: "edge" },
  healthCheck: { protocol: "HTTP", path: "/hostname", matcher: "200" },
};

/** Every node has a pod, and hands requests to no other: who answers tells the node. */
const program = (options: Partial<NetworkLoadBalancerOptions>): string => `
import { EchoApp, findClusterNetwork, NodePortExposure } from "./components/index.ts";

const { namespace, selector } = new EchoApp("app");
const exposure = new NodePortExposure("app", {
  namespace,
  selector,
  ports: [{ name: "http", port: 80, targetPort: "http", appProtocol: "http" }],
  loadBalancerSourceRanges: ["0.0.0.0/0"],
  externalTrafficPolicy: "Local",
  network: await findClusterNetwork("dev"),
  ...${JSON.stringify(options)},
});
export const [hostname] = [exposure.addresses.apply(([first]) => first)];
`;

describe("options of a hand-made load balancer", function () {
  this.timeout(minutes(5));
  let project: Project;
  let hostname: string;

  const elbv2 = () => labClients(project.settings).elbv2;

  const account = () => {
    const { ec2 } = labClients(project.settings);
    const endpoint = `http://127.0.0.1:${String(project.settings.ports.cloudApi)}`;
    return {
      cloudWatch: new CloudWatch(ec2.config, region, endpoint),
      s3: new S3(ec2.config, region, endpoint),
    };
  };

  async function update(options: Partial<NetworkLoadBalancerOptions>): Promise<void> {
    writeFileSync(join(project.directory, "index.ts"), program(options));
    await project.succeed("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
    hostname = (await project.succeed("pulumi", "stack", "output", "hostname")).trim();
  }

  /** Attributes of the load balancer, its listener and its target group. */
  async function attributes(): Promise<Record<string, string>> {
    const { LoadBalancerArn } = await loadBalancerNamed(elbv2(), hostname);
    const [group] = await targetGroupsOf(elbv2(), hostname);
    const { Listeners } = await elbv2().send(new DescribeListenersCommand({ LoadBalancerArn }));
    const answers = await Promise.all([
      elbv2().send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })),
      elbv2().send(new DescribeListenerAttributesCommand({ ListenerArn: Listeners?.[0]?.ListenerArn })),
      elbv2().send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: group?.TargetGroupArn })),
    ]);
    const all = answers.flatMap(({ Attributes = [] }) => Attributes as { Key?: string; Value?: string }[]);
    return Object.fromEntries(all.map(({ Key = "", Value = "" }) => [Key, Value]));
  }

  /** Who answers 200 requests to one address of the load balancer. */
  async function answering(): Promise<Set<string>> {
    await healthyTargets(elbv2(), [hostname]);
    const { running } = labStatus(project.settings.directory);
    assert.ok(running !== undefined);
    const client = labClient(project.directory, running, AbortSignal.timeout(minutes(1)));
    const [address = ""] = await client.resolve4(hostname);
    const samples = await client.requests(`http://${address}`);
    const pods = samples.map(({ outcome }) =>
      outcome.kind === "answered" ? outcome.pod : assert.fail(JSON.stringify(outcome)),
    );
    assert.equal(pods.length, 200);
    return new Set(pods);
  }

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    project.configure("lab:timeScale", 60);
    await project.succeed("lab", "up");
    await update(everything);
  });
  after(() => project.remove());

  it("are the attributes of its objects on AWS", async () => {
    const { LoadBalancerName } = await loadBalancerNamed(elbv2(), hostname);
    assert.equal(LoadBalancerName, name);
    const [group] = await targetGroupsOf(elbv2(), hostname);
    assert.equal(group?.Matcher?.HttpCode, "200");
    const has = await attributes();
    const minimum = "minimum_healthy_targets";
    const wanted = {
      "load_balancing.cross_zone.enabled": "use_load_balancer_configuration",
      "dns_record.client_routing_policy": "availability_zone_affinity",
      "access_logs.s3.enabled": "true",
      "access_logs.s3.bucket": bucket,
      "access_logs.s3.prefix": "edge",
      "tcp.idle_timeout.seconds": "900",
      "stickiness.enabled": "true",
      "deregistration_delay.timeout_seconds": "30",
      "deregistration_delay.connection_termination.enabled": "true",
      "target_health_state.unhealthy.connection_termination.enabled": "false",
      "target_health_state.unhealthy.draining_interval_seconds": "60",
      [`target_group_health.dns_failover.${minimum}.count`]: "off",
      [`target_group_health.unhealthy_state_routing.${minimum}.count`]: "1",
      [`target_group_health.unhealthy_state_routing.${minimum}.percentage`]: "50",
    };
    assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((key) => [key, has[key]])), wanted);
  });

  it("make an alarm for the target group, as CloudWatch tells it", async () => {
    const { LoadBalancerArn = "" } = await loadBalancerNamed(elbv2(), hostname);
    const [{ TargetGroupArn = "" } = {}] = await targetGroupsOf(elbv2(), hostname);
    const [alarm, ...others] = await account().cloudWatch.alarms();
    assert.ok(alarm !== undefined && others.length === 0);
    const { arn, name: alarmName, description: _text, ...said } = alarm;
    assert.match(alarmName, /^app-80-unhealthy-/);
    assert.deepEqual(said, {
      namespace: "AWS/NetworkELB",
      metricName: "UnHealthyHostCount",
      dimensions: {
        LoadBalancer: LoadBalancerArn.split(":loadbalancer/")[1],
        TargetGroup: TargetGroupArn.split(":").at(-1),
      },
      statistic: "Maximum",
      periodSeconds: 60,
      evaluationPeriods: 5,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 2,
      treatMissingData: "missing",
      actionsEnabled: true,
      alarmActions: [topic],
      okActions: [],
    });
    assert.equal((await account().cloudWatch.tags(arn)).team, "edge");
  });

  it("make the bucket for access logs, where only AWS's log service may write for this account", async () => {
    const { s3 } = account();
    assert.equal(await s3.regionOf(bucket), "us-west-2");
    assert.equal((await s3.tags(bucket)).team, "edge");
    const { Statement } = JSON.parse((await s3.policy(bucket)) ?? "{}") as {
      Statement: { Action: string; Effect: string; Principal: object; Resource: string }[];
    };
    assert.deepEqual(
      Statement.map(({ Action, Effect, Principal, Resource }) => ({ Action, Effect, Principal, Resource })),
      [
        { Action: "s3:GetBucketAcl", Resource: `arn:aws:s3:::${bucket}` },
        { Action: "s3:PutObject", Resource: `arn:aws:s3:::${bucket}/edge/AWSLogs/123456789012/*` },
      ].map((each) => ({
        ...each,
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
      })),
    );
  });

  it("stay as they are in an update without a change", async () => {
    await project.succeed("pulumi", "preview", "--expect-no-changes", "--non-interactive");
  });

  it("send a client to one node with stickiness, and to several without", async () => {
    assert.equal((await answering()).size, 1);
    const { accessLogs: _logs, unhealthyHostCountAlarm: _alarm, ...others } = everything;
    await update({ ...others, stickiness: "none" });
    assert.equal((await answering()).size, 3);
    assert.equal((await attributes())["access_logs.s3.enabled"], "false");
    assert.deepEqual(await account().cloudWatch.alarms(), []);
    assert.equal(await account().s3.regionOf(bucket), undefined);
  });

  it("let a load balancer with a name be replaced, which deletes the old one first", async () => {
    await update({ loadBalancerName: name, scheme: "internal" });
    const { Scheme, LoadBalancerName } = await loadBalancerNamed(elbv2(), hostname);
    assert.deepEqual({ Scheme, LoadBalancerName }, { Scheme: "internal", LoadBalancerName: name });
    assert.equal((await loadBalancersIn(elbv2())).length, 1);
    await healthyTargets(elbv2(), [hostname]);
  });

  it("let a load balancer lose its name and get it again, each time with the new one made first", async () => {
    await update({});
    const { LoadBalancerName = "" } = await loadBalancerNamed(elbv2(), hostname);
    assert.match(LoadBalancerName, /^app-/);
    await healthyTargets(elbv2(), [hostname]);
    await update({ loadBalancerName: name });
    assert.equal((await loadBalancerNamed(elbv2(), hostname)).LoadBalancerName, name);
    assert.equal((await loadBalancersIn(elbv2())).length, 1);
    await healthyTargets(elbv2(), [hostname]);
  });

  it("keep a protected load balancer until the protection is off", async () => {
    const options = { loadBalancerName: name, scheme: "internal", deletionProtection: true } as const;
    await update(options);
    const refused = await project.run("pulumi", "destroy", "--yes", "--skip-preview", "--non-interactive");
    assert.notEqual(refused.status, 0);
    assert.match(`${refused.stdout}${refused.stderr}`, /deletion protection/i);
    assert.equal((await loadBalancersIn(elbv2())).length, 1);
    await update({ ...options, deletionProtection: false });
    await project.succeed("pulumi", "destroy", "--yes", "--skip-preview", "--non-interactive");
    assert.equal((await loadBalancersIn(elbv2())).length, 0);
  });
});
