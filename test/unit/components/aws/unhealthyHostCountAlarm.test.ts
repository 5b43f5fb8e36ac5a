import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { LoadBalancerExposure, NetworkLoadBalancer, NodePortExposure } from "../../../../components/index.ts";
import type {
  NetworkLoadBalancerExposureArgs,
  UnhealthyHostCountAlarm,
} from "../../../../components/index.ts";
import { nodePortProblems } from "../../../../components/aws/restrictions.ts";
import { declare, inputsOf, namesOf, network } from "../core/declaring.ts";

const args: NetworkLoadBalancerExposureArgs = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [
    { name: "http", port: 80 },
    { name: "https", port: 443 },
  ],
  loadBalancerSourceRanges: ["203.0.113.0/24"],
};

function problemsOf(
  unhealthyHostCountAlarm: UnhealthyHostCountAlarm,
  more: Partial<NetworkLoadBalancerExposureArgs> = {},
): string[] {
  return nodePortProblems({ ...args, unhealthyHostCountAlarm, ...more }, args.ports).map(
    ({ propertyPath, reason }) => `${propertyPath}: ${reason}`,
  );
}

const topic = "arn:aws:sns:us-west-2:123456789012:on-call";

describe("an alarm on UnHealthyHostCount", () => {
  it("watches each target group of the load balancer", async () => {
    const { resources } = await declare(
      () =>
        new NodePortExposure("web", {
          ...args,
          network,
          unhealthyHostCountAlarm: { alarmActions: [output(topic)] },
        }),
      { preview: false },
    );
    assert.deepEqual(namesOf(resources, "MetricAlarm").sort(), ["web-443-unhealthy", "web-80-unhealthy"]);
    assert.deepEqual(inputsOf(resources, "MetricAlarm", "web-80-unhealthy"), {
      alarmDescription: "Targets of the port http are unhealthy",
      namespace: "AWS/NetworkELB",
      metricName: "UnHealthyHostCount",
      dimensions: { LoadBalancer: "net/web/1", TargetGroup: "targetgroup/web-80/1" },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 3,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      alarmActions: [topic],
    });
  });

  it("is not there unless it is asked for", async () => {
    const { resources } = await declare(() => new NodePortExposure("web", { ...args, network }), {
      preview: false,
    });
    assert.deepEqual(namesOf(resources, "MetricAlarm"), []);
  });

  it("is each exposure's own on a load balancer that several join", async () => {
    const { resources } = await declare(
      () => {
        const loadBalancer = new NetworkLoadBalancer("edge", { network });
        const unhealthyHostCountAlarm = { threshold: 2 };
        return new NodePortExposure("web", { ...args, network, loadBalancer, unhealthyHostCountAlarm });
      },
      { preview: false },
    );
    const { dimensions, threshold } = inputsOf(resources, "MetricAlarm", "web-443-unhealthy");
    assert.deepEqual(
      [dimensions, threshold],
      [{ LoadBalancer: "net/edge/1", TargetGroup: "targetgroup/web-443/1" }, 2],
    );
  });

  it("would have no effect for a load balancer without ports", async () => {
    await assert.rejects(
      declare(() => new NetworkLoadBalancer("edge", { network, unhealthyHostCountAlarm: {} }), {
        preview: false,
      }),
      /unhealthyHostCountAlarm: \{\} would have no effect: the load balancer has no ports of its own/,
    );
  });

  it("has to say under the policy Local how many nodes are too many, unless pods are the targets", () => {
    const local = { externalTrafficPolicy: "Local" } as const;
    assert.deepEqual(problemsOf({}, local), [
      'unhealthyHostCountAlarm.threshold: it is missing: with externalTrafficPolicy "Local" every node without a ready pod is unhealthy, so that one unhealthy target says nothing; set how many nodes are too many, or set externalTrafficPolicy to "Cluster"',
    ]);
    assert.deepEqual(problemsOf({ threshold: 3 }, local), []);
    assert.deepEqual(problemsOf({}, { ...local, targetType: "ip" }), []);
  });

  it("has bounds", () => {
    assert.deepEqual(problemsOf({ threshold: 1, evaluationPeriods: 1440, okActions: [topic] }), []);
    assert.deepEqual(problemsOf({ threshold: 0, evaluationPeriods: 1441 }), [
      "unhealthyHostCountAlarm.threshold: 0 is not allowed; allowed are whole numbers from 1 to 1000",
      "unhealthyHostCountAlarm.evaluationPeriods: 1441 is not allowed; allowed are whole numbers from 1 to 1440",
    ]);
    assert.deepEqual(problemsOf({ alarmActions: ["on-call"] }), [
      'unhealthyHostCountAlarm.alarmActions[0]: "on-call" is not an ARN; allowed is the ARN of an action, such as arn:aws:sns:eu-central-1:123456789012:on-call',
    ]);
    assert.deepEqual(problemsOf({ okActions: Array.from({ length: 6 }, () => topic) }), [
      "unhealthyHostCountAlarm.okActions: 6 actions are too many; CloudWatch allows 5; let one SNS topic tell the others",
    ]);
  });

  it("is refused by a LoadBalancerExposure without a look at what other resources will give", async () => {
    const unhealthyHostCountAlarm = { alarmActions: [output(topic)] };
    await assert.rejects(
      declare(() => new LoadBalancerExposure("web", { ...args, unhealthyHostCountAlarm }), {
        preview: false,
      }),
      /unhealthyHostCountAlarm: \{"alarmActions":\["an output"\]\} cannot be set: the AWS cloud controller manager makes the target groups, and others in their place .*; omit it, or use a NodePortExposure/,
    );
  });
});
