import assert from "node:assert/strict";
import { findClusterNetwork } from "../../../../components/index.ts";
import type { KnownNetwork } from "../../../../components/index.ts";
import { declare } from "../core/declaring.ts";
import type { Calls } from "../core/declaring.ts";

const byTag = [{ name: "tag:kubernetes.io/cluster/dev", values: ["owned", "shared"] }];

/** An account with a cluster, and the calls that it received. */
function account(changes: Calls = {}) {
  const asked: [string, unknown][] = [];
  const answers: Calls = {
    "aws:ec2/getSecurityGroups:getSecurityGroups": () => ({ ids: ["sg-1"], vpcIds: ["vpc-1"] }),
    "aws:ec2/getInstances:getInstances": () => ({ ids: ["i-2", "i-1"] }),
    "aws:ec2/getSubnets:getSubnets": () => ({ ids: ["subnet-b", "subnet-a"] }),
    "aws:ec2/getSubnet:getSubnet": ({ id }) => ({
      id,
      vpcId: "vpc-1",
      availabilityZone: `zone-${String(id).slice(-1)}`,
      cidrBlock: "10.0.0.0/20",
      tags: { "kubernetes.io/role/elb": "1" },
    }),
    ...changes,
  };
  const calls = Object.fromEntries(
    Object.entries(answers).map(([token, answer]) => [
      token,
      (inputs: Parameters<typeof answer>[0]) => {
        asked.push([token, inputs]);
        return answer(inputs);
      },
    ]),
  );
  return { calls, asked };
}

const find = async (calls: Calls, known?: KnownNetwork) =>
  (await declare(() => findClusterNetwork("dev", known), { preview: true, calls })).result;

describe("a cluster's network", () => {
  it("is found by the cluster's tag, in an order that does not depend on AWS", async () => {
    const { calls, asked } = account();
    const found = await find(calls);
    assert.deepEqual(found, {
      vpcId: "vpc-1",
      nodeInstanceIds: ["i-1", "i-2"],
      nodeSecurityGroupId: "sg-1",
      subnets: ["a", "b"].map((zone) => ({
        id: `subnet-${zone}`,
        availabilityZone: `zone-${zone}`,
        cidrBlock: "10.0.0.0/20",
        tags: { "kubernetes.io/role/elb": "1" },
      })),
    });
    assert.deepEqual(asked.slice(0, 3), [
      ["aws:ec2/getSecurityGroups:getSecurityGroups", { filters: byTag }],
      ["aws:ec2/getInstances:getInstances", { filters: byTag, instanceStateNames: ["running"] }],
      ["aws:ec2/getSubnets:getSubnets", { filters: [{ name: "vpc-id", values: ["vpc-1"] }] }],
    ]);
  });

  it("uses what is known, and looks up only the VPC of the security group", async () => {
    const { calls, asked } = account({
      "aws:ec2/getSecurityGroups:getSecurityGroups": () => ({ ids: ["sg-7"], vpcIds: ["vpc-7"] }),
    });
    const found = await find(calls, { nodeInstanceIds: ["i-9"], nodeSecurityGroupId: "sg-7" });
    assert.deepEqual(
      [found.vpcId, found.nodeInstanceIds, found.nodeSecurityGroupId],
      ["vpc-7", ["i-9"], "sg-7"],
    );
    assert.deepEqual(asked[0], [
      "aws:ec2/getSecurityGroups:getSecurityGroups",
      { filters: [{ name: "group-id", values: ["sg-7"] }] },
    ]);
    assert.ok(!asked.some(([token]) => token.includes("getInstances")));
  });

  it("has the named groups, and the current nodes, which may be none", async () => {
    const known = { autoscalingGroupNames: ["workers"] };
    assert.deepEqual((await find(account().calls, known)).autoscalingGroupNames, ["workers"]);
    assert.ok(!("autoscalingGroupNames" in (await find(account().calls))));
    const { calls } = account({ "aws:ec2/getInstances:getInstances": () => ({ ids: [] }) });
    assert.deepEqual((await find(calls, known)).nodeInstanceIds, []);
  });

  it("excludes subnets of other clusters, and includes untagged ones", async () => {
    const tags: Record<string, Record<string, string>> = {
      "subnet-1": { "kubernetes.io/cluster/other": "shared" },
      "subnet-2": { "kubernetes.io/cluster/dev": "shared", "kubernetes.io/cluster/other": "shared" },
      "subnet-3": {},
    };
    const { calls } = account({
      "aws:ec2/getSubnets:getSubnets": () => ({ ids: Object.keys(tags) }),
      "aws:ec2/getSubnet:getSubnet": ({ id }) => ({
        id,
        availabilityZone: "zone-a",
        cidrBlock: "10.0.0.0/20",
        tags: tags[String(id)],
      }),
    });
    assert.deepEqual(
      (await find(calls)).subnets.map(({ id }) => id),
      ["subnet-2", "subnet-3"],
    );
  });

  const nothing = () => ({ ids: [], vpcIds: [] });
  const failures: readonly [string, Calls, KnownNetwork, RegExp][] = [
    [
      "no security group has the tag",
      { "aws:ec2/getSecurityGroups:getSecurityGroups": nothing },
      {},
      /No security group has the tag kubernetes\.io\/cluster\/dev\. Check the cluster's name and the AWS region, or set nodeSecurityGroupId\./,
    ],
    [
      "several security groups have the tag",
      {
        "aws:ec2/getSecurityGroups:getSecurityGroups": () => ({
          ids: ["sg-1", "sg-2"],
          vpcIds: ["vpc-1", "vpc-1"],
        }),
      },
      {},
      /2 security groups have the tag kubernetes\.io\/cluster\/dev: sg-1, sg-2\./,
    ],
    [
      "the named security group does not exist",
      { "aws:ec2/getSecurityGroups:getSecurityGroups": nothing },
      { nodeSecurityGroupId: "sg-9" },
      /There is no security group sg-9 in this AWS region\./,
    ],
    [
      "both nodes and groups are set",
      {},
      { nodeInstanceIds: ["i-1"], autoscalingGroupNames: ["workers"] },
      /the groups workers are set together with nodeInstanceIds \(i-1\); .* set one, not both/,
    ],
    [
      "no instance has the tag",
      { "aws:ec2/getInstances:getInstances": nothing },
      {},
      /No running instance has the tag kubernetes\.io\/cluster\/dev\..*or set nodeInstanceIds\./,
    ],
  ];
  for (const [when, changes, known, message] of failures) {
    it(`is an error that names the fix when ${when}`, async () => {
      await assert.rejects(find(account(changes).calls, known), message);
    });
  }
});
