import assert from "node:assert/strict";
import { AssumedAccount } from "../../../../comparison/plan/answers.ts";

const nodes = [
  { name: "node-a", zone: "zone-a", subnetCidr: "10.0.0.0/20" },
  { name: "node-b", zone: "zone-b", subnetCidr: "10.0.16.0/20" },
];

const tags = { "kubernetes.io/role/elb": "1", "kubernetes.io/role/internal-elb": "1" };

describe("the account that a plan assumes", () => {
  const answer = (account: AssumedAccount, token: string, inputs = {}) => account.call({ token, inputs });

  it("has an instance and a subnet for each node", () => {
    const account = new AssumedAccount(nodes, []);
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
    const account = new AssumedAccount(nodes, ["subnet-1", "subnet-2", "subnet-3"]);
    const zones = ["subnet-1", "subnet-2", "subnet-3"].map(
      (id) => answer(account, "aws:ec2/getSubnet:getSubnet", { id }).availabilityZone as string,
    );
    assert.deepEqual(zones, ["zone-a", "zone-b", "zone-3"]);
  });

  it("knows what it does not know", () => {
    assert.throws(
      () => answer(new AssumedAccount(nodes, []), "aws:ec2/getVpc:getVpc"),
      /The plan has no answer to aws:ec2\/getVpc:getVpc/,
    );
  });

  it("names Kubernetes' objects, and nothing else, before an update", () => {
    const account = new AssumedAccount(nodes, []);
    const service = {
      type: "kubernetes:core/v1:Service",
      name: "web",
      inputs: { metadata: { labels: {} } },
      custom: true,
    };
    assert.deepEqual(account.newResource(service), {
      id: undefined,
      state: { metadata: { name: "web", labels: {} } },
    });
    const group = { type: "aws:lb/targetGroup:TargetGroup", name: "web", inputs: { port: 1 }, custom: true };
    assert.deepEqual(account.newResource(group), { id: undefined, state: { port: 1 } });
  });
});
