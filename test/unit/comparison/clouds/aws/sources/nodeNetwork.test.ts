import assert from "node:assert/strict";
import { readNodeNetwork } from "../../../../../../comparison/clouds/aws/sources/nodeNetwork.ts";
import { PlainReason } from "../../../../../../comparison/sources/reasons/plainReason.ts";
import { node } from "../../../sources/account.ts";
import type { Call } from "../../../sources/clients.ts";
import { ec2Client, unheeded } from "../../../sources/clients.ts";

const clusterTag = (name: string) => ({ Key: `kubernetes.io/cluster/${name}`, Value: "owned" });

const instance = (id: string, groups: string[], clusters: string[] = ["dev"]) => ({
  InstanceId: id,
  VpcId: "vpc-1",
  Tags: [{ Key: "Name", Value: id }, ...clusters.map(clusterTag)],
  SecurityGroups: groups.map((GroupId) => ({ GroupId })),
});

function read(instances: object[], groups: object[], nodes = [node], calls: Call[] = []) {
  const answers = {
    DescribeInstances: { Reservations: [{ Instances: instances }] },
    DescribeSecurityGroups: { SecurityGroups: groups },
  };
  return readNodeNetwork(ec2Client(answers, calls), nodes, unheeded);
}

const refuses = (promise: Promise<unknown>, message: string): Promise<void> =>
  assert.rejects(promise, (error) => {
    assert.ok(error instanceof PlainReason);
    assert.equal(error.message, message);
    return true;
  });

describe("the network of the nodes", () => {
  it("is known from their instances' tag: the cluster's name, the VPC, its security group and all others", async () => {
    const groups = [
      { GroupId: "sg-extra", Tags: [] },
      { GroupId: "sg-nodes", Tags: [clusterTag("dev")] },
    ];
    assert.deepEqual(
      await read([instance("i-0a", ["sg-nodes", "sg-extra"]), instance("i-0b", ["sg-nodes"])], groups),
      {
        clusterName: "dev",
        vpc: "vpc-1",
        groupsByInstance: { "i-0a": ["sg-nodes"], "i-0b": ["sg-nodes"] },
        allSecurityGroups: ["sg-extra", "sg-nodes"],
        securityGroupsOfNodes: [["sg-extra", "sg-nodes"], ["sg-nodes"]],
      },
    );
  });

  it("has every combination of groups once, in whatever order EC2 lists them", async () => {
    const { securityGroupsOfNodes } = await read(
      [instance("i-0a", ["sg-2", "sg-1"]), instance("i-0b", ["sg-1", "sg-2"]), instance("i-0c", ["sg-2"])],
      [],
    );
    assert.deepEqual(securityGroupsOfNodes, [["sg-1", "sg-2"], ["sg-2"]]);
  });

  it("has an untagged group where no other is tagged, as the cloud controller manager takes it", async () => {
    const { groupsByInstance } = await read(
      [instance("i-0a", ["sg-1"])],
      [{ GroupId: "sg-1", Tags: [clusterTag("other")] }],
    );
    assert.deepEqual(groupsByInstance, { "i-0a": ["sg-1"] });
  });

  it("has each instance's own tagged groups: on EKS one node can be in the cluster's, another in the node group's", async () => {
    const groups = ["sg-eks", "sg-nodes"].map((GroupId) => ({ GroupId, Tags: [clusterTag("dev")] }));
    const { groupsByInstance } = await read(
      [
        instance("i-0a", ["sg-eks", "sg-x"]),
        instance("i-0b", ["sg-nodes"]),
        instance("i-0c", ["sg-nodes", "sg-eks"]),
      ],
      groups,
    );
    assert.deepEqual(groupsByInstance, {
      "i-0a": ["sg-eks"],
      "i-0b": ["sg-nodes"],
      "i-0c": ["sg-eks", "sg-nodes"],
    });
  });

  it("is asked for with the ids of instances only, and by a filter", async () => {
    const calls: Call[] = [];
    await read(
      [instance("i-0a", ["sg-1"])],
      [],
      [node, { ...node, instanceId: "fargate-ip-10-0-0-7" }],
      calls,
    );
    assert.deepEqual(calls[0]?.input.Filters, [{ Name: "instance-id", Values: ["i-0a"] }]);
  });

  it("is not asked for where all nodes are Fargate's, by label or providerID", async () => {
    const labels = { "eks.amazonaws.com/compute-type": "fargate" };
    const calls: Call[] = [];
    for (const fargate of [
      { ...node, labels },
      { ...node, instanceId: "fargate-ip-10-0-0-7" },
    ])
      await refuses(
        read([], [], [fargate, fargate], calls),
        "all nodes of the cluster are Fargate's: they are no instances, so none can be a target, and nothing on them serves node ports; only load balancers with pods as targets lead to Services here",
      );
    assert.deepEqual(calls, []);
  });

  it("is asked for 200 instances at a time", async () => {
    const calls: Call[] = [];
    const many = Array.from({ length: 201 }, (_, index) => ({ ...node, instanceId: `i-${index}` }));
    await read([instance("i-0a", ["sg-1"])], [], many, calls);
    assert.equal(calls.filter(({ action }) => action === "DescribeInstances").length, 2);
  });

  it("is not known if EC2 does not know the nodes", () =>
    refuses(
      read([], []),
      "the EC2 API in us-west-2 knows none of the cluster's nodes as an instance; check AWS_PROFILE and AWS_REGION",
    ));

  it("is not known without the cluster's tag", () =>
    refuses(
      read([instance("i-0a", ["sg-1"], [])], []),
      "no instance of the cluster's nodes has a tag kubernetes.io/cluster/<cluster name>, which the cloud controller manager needs to find them; tag them",
    ));

  it("is not known if the instances are of several clusters", () =>
    refuses(
      read([instance("i-0a", ["sg-1"], ["two", "one"])], []),
      "the instances of the cluster's nodes have tags of several clusters: one, two; keep only one",
    ));
});
