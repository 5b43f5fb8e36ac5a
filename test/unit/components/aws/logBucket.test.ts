import assert from "node:assert/strict";
import { LoadBalancerExposure, NodePortExposure } from "../../../../components/index.ts";
import type { AccessLogs, NetworkLoadBalancerExposureArgs } from "../../../../components/index.ts";
import { logBucketPolicy } from "../../../../components/aws/logBucket.ts";
import type { PlannedResource } from "../../../../comparison/plan/monitor.ts";
import { declare, inputsOf, namesOf, network } from "../core/declaring.ts";

const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/1";
const args: NetworkLoadBalancerExposureArgs = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [{ name: "https", port: 443, tls: { certificateArn } }],
  loadBalancerSourceRanges: ["203.0.113.0/24"],
};

const ways = {
  NodePortExposure: (given: Partial<NetworkLoadBalancerExposureArgs>) =>
    new NodePortExposure("web", { ...args, ...given, network: { ...network, subnets: inOregon } }),
  LoadBalancerExposure: (given: Partial<NetworkLoadBalancerExposureArgs>) =>
    new LoadBalancerExposure("web", { ...args, ...given }),
  "LoadBalancerExposure of the AWS Load Balancer Controller": (
    given: Partial<NetworkLoadBalancerExposureArgs>,
  ) => new LoadBalancerExposure("web", { ...args, ...given, controller: "aws-load-balancer-controller" }),
};
const inOregon = network.subnets.map((subnet, index) => ({
  ...subnet,
  availabilityZone: `us-west-2${"ab"[index]}`,
}));

const declared = (way: keyof typeof ways, accessLogs: AccessLogs, more = {}) =>
  declare(() => ways[way]({ accessLogs, ...more }), {
    preview: false,
    calls: { "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "123456789012" }) },
  });

/** Whether the resource waits for the policy. */
function waitsForPolicy(resources: readonly PlannedResource[], type: string, name: string): boolean {
  const places = resources.map((each) => `${each.type.split(":").at(-1)} ${each.name}`);
  const policy = places.indexOf("BucketPolicy web-logs");
  return policy >= 0 && policy < places.indexOf(`${type} ${name}`);
}

describe("the policy of a bucket for access logs", () => {
  it("is the one that AWS documents: the log service of this account may write below the prefix", () => {
    const Principal = { Service: "delivery.logs.amazonaws.com" };
    const ArnLike = { "aws:SourceArn": "arn:aws:logs:us-west-2:123456789012:*" };
    const place = { partition: "aws", region: "us-west-2", accountId: "123456789012" };
    assert.deepEqual(logBucketPolicy({ bucket: "logs", prefix: "edge" }, place).Statement, [
      {
        Sid: "AWSLogDeliveryAclCheck",
        Effect: "Allow",
        Principal,
        Action: "s3:GetBucketAcl",
        Resource: "arn:aws:s3:::logs",
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" }, ArnLike },
      },
      {
        Sid: "AWSLogDeliveryWrite",
        Effect: "Allow",
        Principal,
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::logs/edge/AWSLogs/123456789012/*",
        Condition: {
          StringEquals: {
            "s3:x-amz-acl": "bucket-owner-full-control",
            "aws:SourceAccount": "123456789012",
          },
          ArnLike,
        },
      },
    ]);
  });

  it("is about the bucket's root without a prefix, and about AWS's other partitions there", () => {
    const place = { partition: "aws-cn", region: "cn-north-1", accountId: "123456789012" };
    const [, write] = logBucketPolicy({ bucket: "logs" }, place).Statement;
    assert.equal(write?.Resource, "arn:aws-cn:s3:::logs/AWSLogs/123456789012/*");
    assert.equal(write.Condition.ArnLike["aws:SourceArn"], "arn:aws-cn:logs:cn-north-1:123456789012:*");
  });
});

for (const way of Object.keys(ways) as (keyof typeof ways)[]) {
  describe(`the access logs of a ${way}`, () => {
    it("go to a bucket that the program makes, whose policy is there before the load balancer", async () => {
      const { resources } = await declared(way, { bucket: "edge-logs", prefix: "web", createBucket: true });
      assert.deepEqual(inputsOf(resources, "Bucket", "web-logs"), { bucket: "edge-logs" });
      const { bucket, policy } = inputsOf(resources, "BucketPolicy", "web-logs");
      assert.equal(bucket, "edge-logs");
      assert.deepEqual(
        JSON.parse(String(policy)),
        logBucketPolicy(
          { bucket: "edge-logs", prefix: "web" },
          { partition: "aws", region: "us-west-2", accountId: "123456789012" },
        ),
      );
      const type = way === "NodePortExposure" ? "LoadBalancer" : "Service";
      assert.ok(waitsForPolicy(resources, type, "web"));
    });

    it("go to a bucket that is there", async () => {
      const { resources } = await declared(way, { bucket: "edge-logs" });
      assert.deepEqual([...namesOf(resources, "Bucket"), ...namesOf(resources, "BucketPolicy")], []);
    });

    it("are none without TLS, which a preview warns of", async () => {
      const logs = { bucket: "edge-logs" };
      const { warnings } = await declared(way, logs, { ports: [{ name: "http", port: 80 }] });
      assert.match(warnings.join("\n"), /accessLogs: nothing will be written\. .* no port has tls/);
      assert.doesNotMatch((await declared(way, logs)).warnings.join("\n"), /accessLogs/);
    });
  });
}
