import assert from "node:assert/strict";
import { orphansOf } from "../../../../comparison/orphans.ts";
import { askForOrphans } from "../../../../comparison/sources/orphans.ts";
import { arns, cloud, clusterTags, plain, sources, v1Service } from "./account.ts";
import { sdkError } from "./clients.ts";
import type { Call } from "./clients.ts";

const made = new Date("2026-11-24T03:40:00Z");
const services = (...refs: (typeof plain)[]) => ({
  services: () => Promise.resolve(refs.map((ref) => v1Service(ref))),
});

const isOfController = (filters: unknown): boolean =>
  JSON.stringify(filters) ===
  JSON.stringify([
    { Name: "vpc-id", Values: ["vpc-1"] },
    { Name: "tag:elbv2.k8s.aws/cluster", Values: ["dev"] },
  ]);
const backendTags = [{ Key: "elbv2.k8s.aws/resource", Value: "backend-sg" }];

describe("asking for orphans", () => {
  it("finds none while every Service is there", async () => {
    const { kubernetes, cloud: reader } = sources();
    const found = await askForOrphans(kubernetes, reader);
    assert.ok(found.kind === "known");
    const { verdict, orphans, monthly } = orphansOf(found.facts, "AWS", made);
    assert.deepEqual(verdict, {
      kind: "none",
      sentence: "Nothing of cluster dev is left behind on AWS in us-west-2.",
    });
    assert.deepEqual([orphans, monthly], [[], 0]);
  });

  it("finds the load balancer of a Service that is gone, and says what it costs", async () => {
    const { kubernetes, cloud: reader } = sources();
    const found = await askForOrphans({ ...kubernetes, ...services(plain) }, reader);
    assert.ok(found.kind === "known");
    const result = orphansOf(found.facts, "AWS", made);
    assert.deepEqual(
      result.orphans.map(({ id, service, parts }) => [id, service, parts.map((part) => part.id)]),
      [
        [
          arns("theirs").loadBalancer,
          `${cloud.namespace}/${cloud.name}`,
          [arns("theirs").targetGroup, "sgr-theirs"],
        ],
      ],
    );
    assert.equal(
      result.verdict.sentence,
      "Left behind of cluster dev on AWS in us-west-2: 1 x load balancer; together they cost $20.08 a month without traffic.",
    );
    assert.deepEqual([result.verdict.kind, result.monthly], ["orphans", 20.08]);
  });

  it("says what all take where the cloud has no prices, and that nobody knows the cluster's name", () => {
    const orphan = {
      kind: "floating IP",
      name: "a",
      id: "1",
      reason: "x",
      monthlyDollars: 0,
      parts: [],
      commands: [],
    };
    const found = {
      cluster: "",
      place: "RegionOne",
      orphans: [orphan],
      prices: "",
      units: "1 floating IP",
      limits: [],
    };
    assert.equal(
      orphansOf(found, "OpenStack", made).verdict.sentence,
      "Left behind of this cluster on OpenStack in RegionOne: 1 x floating IP; together they take 1 floating IP.",
    );
    assert.equal(
      orphansOf({ ...found, orphans: [] }, "OpenStack", made).verdict.sentence,
      "Nothing of this cluster is left behind on OpenStack in RegionOne.",
    );
  });

  it("finds network interfaces in the nodes' VPC, and addresses with the cluster's tag", async () => {
    const calls: Call[] = [];
    const { kubernetes, cloud: reader } = sources({
      calls,
      ec2: {
        DescribeNetworkInterfaces: {
          NetworkInterfaces: [
            { NetworkInterfaceId: "eni-gone", Description: "ELB net/gone/1", Status: "available" },
            { NetworkInterfaceId: "eni-own", Description: "ELB net/own/1", Status: "in-use" },
          ],
        },
        DescribeAddresses: { Addresses: [{ PublicIp: "198.51.100.7", AllocationId: "eipalloc-1" }] },
      },
    });
    const found = await askForOrphans(kubernetes, reader);
    assert.ok(found.kind === "known");
    assert.deepEqual(
      found.facts.orphans.map(({ id }) => id),
      ["eipalloc-1", "eni-gone"],
    );
    const filters = (action: string): unknown => calls.find((call) => call.action === action)?.input.Filters;
    assert.deepEqual(filters("DescribeNetworkInterfaces"), [{ Name: "vpc-id", Values: ["vpc-1"] }]);
    assert.deepEqual(filters("DescribeAddresses"), [
      { Name: "tag-key", Values: ["kubernetes.io/cluster/dev"] },
    ]);
  });

  it("finds a Classic Load Balancer of a Service that is gone, and its security group", async () => {
    const names = Array.from({ length: 21 }, (_, index) => `classic-${index}`);
    const calls: Call[] = [];
    const { kubernetes, cloud: reader } = sources({
      calls,
      elb: {
        DescribeLoadBalancers: ({ Marker }) =>
          Marker === undefined
            ? { LoadBalancerDescriptions: [{ LoadBalancerName: "classic-0" }], NextMarker: "more" }
            : {
                LoadBalancerDescriptions: names.slice(1).map((LoadBalancerName) => ({
                  LoadBalancerName,
                  SecurityGroups: ["sg-classic"],
                  AvailabilityZones: ["us-west-2a", "us-west-2b"],
                })),
              },
        DescribeTags: ({ LoadBalancerNames }) => ({
          TagDescriptions: (LoadBalancerNames as string[]).map((LoadBalancerName) => ({
            LoadBalancerName,
            Tags: [
              { Key: "kubernetes.io/service-name", Value: "web/gone" },
              {
                Key: `kubernetes.io/cluster/${LoadBalancerName === "classic-20" ? "dev" : "prod"}`,
                Value: "owned",
              },
            ],
          })),
        }),
      },
      ec2: {
        DescribeSecurityGroups: ({ Filters, NextToken }) =>
          Filters === undefined
            ? { SecurityGroups: [{ GroupId: "sg-nodes", Tags: [] }] }
            : isOfController(Filters)
              ? {
                  SecurityGroups: [{ GroupId: "sg-shared", GroupName: "k8s-traffic-dev", Tags: backendTags }],
                }
              : NextToken === undefined
                ? { SecurityGroups: [], NextToken: "more" }
                : { SecurityGroups: [{ GroupId: "sg-classic", GroupName: "k8s-elb-classic-20" }] },
      },
    });
    const found = await askForOrphans(kubernetes, reader);
    assert.ok(found.kind === "known");
    assert.deepEqual(
      found.facts.orphans.map(({ kind, name, parts }) => [kind, name, parts.map(({ id }) => id)]),
      [
        ["Classic Load Balancer", "classic-20", ["sg-classic"]],
        ["security group", "k8s-traffic-dev", []],
      ],
    );
    assert.deepEqual(
      calls
        .filter(({ action, input }) => action === "DescribeTags" && "LoadBalancerNames" in input)
        .map(({ input }) => input.LoadBalancerNames),
      [names.slice(0, 20), names.slice(20)],
    );
    const Filters = [
      { Name: "group-name", Values: ["k8s-elb-*"] },
      { Name: "tag-key", Values: ["kubernetes.io/cluster/dev"] },
    ];
    assert.deepEqual(
      calls
        .filter(({ action, input }) => action === "DescribeSecurityGroups" && "Filters" in input)
        .filter(({ input }) => !isOfController(input.Filters))
        .map(({ input }) => [input.Filters, input.NextToken]),
      [
        [Filters, undefined],
        [Filters, "more"],
      ],
    );
  });

  it("names first what costs most", async () => {
    const { kubernetes, cloud: reader } = sources({
      elb: {
        DescribeLoadBalancers: {
          LoadBalancerDescriptions: [{ LoadBalancerName: "classic", AvailabilityZones: ["us-west-2a"] }],
        },
        DescribeTags: {
          TagDescriptions: [
            {
              LoadBalancerName: "classic",
              Tags: [...clusterTags, { Key: "kubernetes.io/service-name", Value: "web/gone" }],
            },
          ],
        },
      },
    });
    const found = await askForOrphans({ ...kubernetes, ...services(plain) }, reader);
    assert.ok(found.kind === "known");
    const { orphans, verdict, monthly } = orphansOf(found.facts, "AWS", made);
    assert.deepEqual(
      orphans.map((orphan) => [orphan.name, orphan.monthly]),
      [
        ["classic", 21.9],
        ["theirs", 20.08],
      ],
    );
    assert.match(verdict.sentence, /: 1 x Classic Load Balancer, 1 x load balancer; together they cost/);
    assert.match(
      found.facts.prices,
      /^Prices of .*pricing\/; of Classic Load Balancers of \d{4}-\d\d-\d\d: AWS's price list/,
    );
    assert.equal(monthly, 41.98);
  });

  const silent: readonly (readonly [string, Parameters<typeof sources>[0], RegExp])[] = [
    [
      "the load balancers",
      { elbv2: { DescribeLoadBalancers: () => Promise.reject(sdkError("AccessDenied")) } },
      /^not known without the load balancers: no permission in the ELBv2 API/,
    ],
    [
      "the Classic Load Balancers",
      { elb: { DescribeLoadBalancers: () => Promise.reject(sdkError("AccessDenied")) } },
      /^not known without the Classic Load Balancers: no permission in the ELB API/,
    ],
    [
      "the rules",
      { ec2: { DescribeSecurityGroupRules: () => Promise.reject(sdkError("UnauthorizedOperation")) } },
      /^not known without the nodes' rules: no permission in the EC2 API/,
    ],
  ];
  for (const [what, answers, reason] of silent)
    it(`knows nothing if ${what} cannot be read, and says why`, async () => {
      const { kubernetes, cloud: reader } = sources(answers);
      const found = await askForOrphans(kubernetes, reader);
      assert.ok(found.kind === "unreachable");
      assert.match(found.reason, reason);
    });

  it("calls nothing an orphan if the Services cannot be read", async () => {
    const { kubernetes, cloud: reader } = sources();
    const failing = { ...kubernetes, services: () => Promise.reject(new Error("no")) };
    const found = await askForOrphans(failing, reader);
    assert.ok(found.kind === "unreachable");
    assert.match(found.reason, /^not known without the Services: /);
  });
});
