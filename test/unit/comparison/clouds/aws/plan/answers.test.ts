import assert from "node:assert/strict";
import { AssumedAccount } from "../../../../../../comparison/clouds/aws/plan/answers.ts";
import { assumedCluster } from "../../../../../../comparison/clouds/aws/plan/cluster.ts";

const nodes = [
  { name: "node-a", zone: "zone-a", address: "10.0.0.10", subnetCidr: "10.0.0.0/20" },
  { name: "node-b", zone: "zone-b", address: "10.0.16.10", subnetCidr: "10.0.16.0/20" },
];

/** The account of a cluster as the program's configuration describes it. */
function assumed(configuration: Readonly<Record<string, string>> = {}): AssumedAccount {
  const values = Object.fromEntries(
    Object.entries(configuration).map(([key, value]) => [`project:${key}`, value]),
  );
  return new AssumedAccount(assumedCluster({ project: "project", stack: "test", values }, nodes));
}

const tags = { "kubernetes.io/role/elb": "1", "kubernetes.io/role/internal-elb": "1" };

describe("the account that a plan assumes", () => {
  const answer = (account: AssumedAccount, token: string, inputs = {}) => account.call({ token, inputs });

  it("has an instance and a subnet for each node", () => {
    const account = assumed();
    assert.deepEqual(answer(account, "aws:ec2/getInstances:getInstances"), { ids: ["i-node-a", "i-node-b"] });
    assert.deepEqual(answer(account, "aws:ec2/getSubnets:getSubnets"), {
      ids: ["subnet-zone-a", "subnet-zone-b"],
    });
    assert.deepEqual(answer(account, "aws:ec2/getSubnet:getSubnet", { id: "subnet-zone-b" }), {
      id: "subnet-zone-b",
      availabilityZone: "zone-b",
      cidrBlock: "10.0.16.0/20",
      tags,
    });
  });

  it("has the subnets that are named, each in a zone of its own", () => {
    const account = assumed({ subnetIds: '["subnet-1","subnet-2","subnet-3"]' });
    const zones = ["subnet-1", "subnet-2", "subnet-3"].map(
      (id) => answer(account, "aws:ec2/getSubnet:getSubnet", { id }).availabilityZone as string,
    );
    assert.deepEqual(zones, ["zone-a", "zone-b", "zone-3"]);
  });

  it("has the instances and the security group that are named", () => {
    const account = assumed({ nodeInstanceIds: '["i-1"]', nodeSecurityGroupId: "sg-1" });
    assert.deepEqual(answer(account, "aws:ec2/getInstances:getInstances"), { ids: ["i-1"] });
    assert.deepEqual(answer(account, "aws:ec2/getSecurityGroups:getSecurityGroups"), {
      ids: ["sg-1"],
      vpcIds: ["vpc-cluster"],
    });
  });

  it("leaves it to the program to refuse what is no list", () => {
    assert.deepEqual(answer(assumed({ subnetIds: "subnet-1" }), "aws:ec2/getSubnets:getSubnets"), {
      ids: ["subnet-zone-a", "subnet-zone-b"],
    });
  });

  it("reports values that it does not know", () => {
    assert.throws(
      () => answer(assumed(), "aws:ec2/getVpc:getVpc"),
      /The plan has no answer to aws:ec2\/getVpc:getVpc/,
    );
  });
});
