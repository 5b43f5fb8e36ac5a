import assert from "node:assert/strict";
import { findClusterNetwork } from "../../../../components/index.ts";
import type { KnownNetwork } from "../../../../components/index.ts";
import { declare } from "../core/declaring.ts";
import { callsOf } from "./answeringAccount.ts";
import type { AnsweringAccount as Account, Instance } from "./answeringAccount.ts";

const ofCluster = { "kubernetes.io/cluster/dev": "owned" };
const node: Instance = { groups: ["sg-nodes"], tags: ofCluster };
const role = "sigs.k8s.io/cluster-api-provider-aws/role";

const plain: Account = {
  instances: { "i-2": node, "i-1": node },
  securityGroups: { "sg-nodes": { tags: ofCluster } },
  subnets: { "subnet-b": {}, "subnet-a": {} },
  autoscalingGroups: {
    "eks-general-9cc0ffee": {
      tags: { "eks:cluster-name": "dev", "eks:nodegroup-name": "general" },
      subnets: "subnet-a,subnet-b",
    },
    "eks-spot-1cc0ffee": {
      tags: { "eks:cluster-name": "dev", "eks:nodegroup-name": "spot" },
      subnets: "subnet-a",
    },
    elsewhere: { tags: {}, subnets: "subnet-z" },
  },
};

const find = async (changes: Partial<Account> = {}, known?: KnownNetwork) =>
  (
    await declare(() => findClusterNetwork("dev", known), {
      preview: true,
      calls: callsOf({ ...plain, ...changes }),
    })
  ).result;

describe("a cluster's network", () => {
  it("is found by the cluster's tag, in an order that does not depend on AWS", async () => {
    assert.deepEqual(await find(), {
      vpcId: "vpc-1",
      nodeInstanceIds: ["i-1", "i-2"],
      nodeSecurityGroupId: "sg-nodes",
      subnets: ["a", "b"].map((zone) => ({
        id: `subnet-${zone}`,
        availabilityZone: `zone-${zone}`,
        cidrBlock: "10.0.0.0/20",
        tags: {},
      })),
    });
  });

  it("uses what is known", async () => {
    const known = { nodeInstanceIds: ["i-9"], nodeSecurityGroupId: "sg-7" };
    const found = await find({ securityGroups: { "sg-7": { tags: {}, vpc: "vpc-7" } } }, known);
    assert.deepEqual(
      [found.vpcId, found.nodeInstanceIds, found.nodeSecurityGroupId],
      ["vpc-7", ["i-9"], "sg-7"],
    );
  });

  it("has the group of the nodes where other groups have the cluster's tag as well", async () => {
    const securityGroups = {
      "sg-classic-load-balancer": { tags: ofCluster },
      "sg-eks-control-plane": { tags: { ...ofCluster, "aws:eks:cluster-name": "dev" } },
      ...plain.securityGroups,
    };
    assert.equal((await find({ securityGroups })).nodeSecurityGroupId, "sg-nodes");
  });

  it("has the only group of the nodes if only others have the cluster's tag", async () => {
    const securityGroups = { "sg-classic-load-balancer": { tags: ofCluster }, "sg-nodes": { tags: {} } };
    assert.equal((await find({ securityGroups })).nodeSecurityGroupId, "sg-nodes");
  });

  it("has no bastions and control planes", async () => {
    const other = (tags: Readonly<Record<string, string>>): Instance => ({
      ...node,
      tags: { ...ofCluster, ...tags },
    });
    const instances = {
      ...plain.instances,
      "i-3": other({ [role]: "node" }),
      "i-4": other({ "k8s.io/role/node": "1" }),
      "i-bastion": other({ "k8s.io/role/bastion": "1" }),
      "i-control-plane": other({ "k8s.io/role/control-plane": "1" }),
      "i-cluster-api": other({ [role]: "control-plane" }),
    };
    assert.deepEqual((await find({ instances })).nodeInstanceIds, ["i-1", "i-2", "i-3", "i-4"]);
  });

  it("has no instance outside the nodes' security group", async () => {
    const instances = { ...plain.instances, "i-bastion": { groups: ["sg-ssh"], tags: ofCluster } };
    assert.deepEqual((await find({ instances })).nodeInstanceIds, ["i-1", "i-2"]);
  });

  it("has the named groups, and the current nodes, which may be none", async () => {
    const known = { autoscalingGroupNames: ["eks-spot-1cc0ffee"] };
    assert.deepEqual((await find({}, known)).autoscalingGroupNames, ["eks-spot-1cc0ffee"]);
    assert.ok(!("autoscalingGroupNames" in (await find())));
    assert.deepEqual((await find({ instances: {} }, known)).nodeInstanceIds, []);
  });

  it("has the Auto Scaling groups of the named managed node groups", async () => {
    const known = { nodeGroupNames: ["spot", "general"] };
    assert.deepEqual((await find({}, known)).autoscalingGroupNames, [
      "eks-spot-1cc0ffee",
      "eks-general-9cc0ffee",
    ]);
  });

  it("excludes subnets of other clusters, and includes untagged ones", async () => {
    const subnets = {
      "subnet-1": { "kubernetes.io/cluster/other": "shared" },
      "subnet-2": { "kubernetes.io/cluster/dev": "shared", "kubernetes.io/cluster/other": "shared" },
      "subnet-3": {},
    };
    assert.deepEqual(
      (await find({ subnets })).subnets.map(({ id }) => id),
      ["subnet-2", "subnet-3"],
    );
  });

  describe("with nodes of EKS Auto Mode", () => {
    const tags = {
      ...ofCluster,
      "eks:eks-cluster-name": "dev",
      "eks:kubernetes-node-pool-name": "general-purpose",
    };
    const automatic = { groups: ["sg-nodes"], tags };
    const mixed = { instances: { ...plain.instances, "i-auto": automatic } };

    it("is refused: nothing would attach the nodes that follow them", async () => {
      await assert.rejects(
        find({ instances: { "i-auto": automatic } }),
        /i-auto: EKS Auto Mode launched these nodes of the cluster dev,.* targetGroupBinding/,
      );
      await assert.rejects(find(mixed), /i-auto: EKS Auto Mode launched/);
    });

    it("has the other nodes if their groups are named", async () => {
      const { nodeInstanceIds } = await find(mixed, { nodeGroupNames: ["general"] });
      assert.deepEqual(nodeInstanceIds, ["i-1", "i-2"]);
    });

    it("has them all if a controller registers them", async () => {
      const { nodeInstanceIds } = await find(mixed, { targetGroupBinding: true });
      assert.deepEqual(nodeInstanceIds, ["i-1", "i-2", "i-auto"]);
    });

    it("is refused if one of them is named, not if others are", async () => {
      await assert.rejects(
        find(mixed, { nodeInstanceIds: ["i-1", "i-auto"] }),
        /^[^,]*i-auto: EKS Auto Mode launched .* a replacement node would not become a target/,
      );
      assert.deepEqual((await find(mixed, { nodeInstanceIds: ["i-1"] })).nodeInstanceIds, ["i-1"]);
    });

    it("is not refused for those of another cluster", async () => {
      const ofOther = { ...tags, "eks:eks-cluster-name": "other" };
      const instances = { ...plain.instances, "i-other": { groups: [], tags: ofOther } };
      assert.deepEqual((await find({ instances })).nodeInstanceIds, ["i-1", "i-2"]);
    });
  });

  const failures: readonly [string, Partial<Account>, KnownNetwork, RegExp][] = [
    [
      "no security group of a node has the tag",
      { securityGroups: {}, instances: { "i-1": { groups: ["sg-1", "sg-2"], tags: ofCluster } } },
      {},
      /No security group of the instance i-1 has the tag kubernetes\.io\/cluster\/dev; its groups are sg-1, sg-2\..* set nodeSecurityGroupId/,
    ],
    [
      "an instance has two groups with the tag",
      {
        securityGroups: { ...plain.securityGroups, "sg-2": { tags: ofCluster } },
        instances: { "i-1": { groups: ["sg-nodes", "sg-2"], tags: ofCluster } },
      },
      {},
      /The instance i-1 has 2 security groups with the tag kubernetes\.io\/cluster\/dev: sg-nodes, sg-2\./,
    ],
    [
      "several groups have the tag, and there is no node yet",
      { securityGroups: { ...plain.securityGroups, "sg-2": { tags: ofCluster } }, instances: {} },
      { nodeGroupNames: ["general"] },
      /The security groups sg-nodes, sg-2 have the tag .*, and no running instance shows which one is the nodes'\./,
    ],
    [
      "the named security group does not exist",
      {},
      { nodeSecurityGroupId: "sg-9" },
      /There is no security group sg-9 in this AWS region\./,
    ],
    [
      "both nodes and groups are set",
      {},
      { nodeInstanceIds: ["i-1"], autoscalingGroupNames: ["workers"] },
      /autoscalingGroupNames: workers is set together with nodeInstanceIds \(i-1\); .* set one of them/,
    ],
    [
      "no instance has the tag",
      { instances: {} },
      {},
      /No running instance has the tag kubernetes\.io\/cluster\/dev\..*or set nodeInstanceIds\./,
    ],
    [
      "only a control plane has the tag",
      { instances: { "i-1": { ...node, tags: { ...ofCluster, "k8s.io/role/master": "1" } } } },
      {},
      /Only bastions and control planes have the tag kubernetes\.io\/cluster\/dev: i-1\./,
    ],
    [
      "there is no such Auto Scaling group",
      {},
      { autoscalingGroupNames: ["general"] },
      /there is no Auto Scaling group general in this AWS region; there are eks-general-9cc0ffee, eks-spot-1cc0ffee\. .*nodeGroupNames/,
    ],
    [
      "an Auto Scaling group is named by its ARN",
      {},
      {
        autoscalingGroupNames: ["arn:aws:autoscaling:us-west-2:1:autoScalingGroup:1:autoScalingGroupName/a"],
      },
      /set its name, not its ARN/,
    ],
    [
      "there is no such managed node group",
      {},
      { nodeGroupNames: ["general", "gpu"] },
      /no managed node group "gpu"; the Auto Scaling groups of its node groups are eks-general-9cc0ffee, eks-spot-1cc0ffee\./,
    ],
    [
      "an Auto Scaling group is in another VPC",
      {},
      { autoscalingGroupNames: ["elsewhere"] },
      /The Auto Scaling group elsewhere launches instances in subnet-z, outside the cluster's VPC vpc-1/,
    ],
  ];
  for (const [when, changes, known, message] of failures) {
    it(`is an error that names the fix when ${when}`, async () => {
      await assert.rejects(find(changes, known), message);
    });
  }
});
