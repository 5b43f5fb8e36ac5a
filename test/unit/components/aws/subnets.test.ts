import assert from "node:assert/strict";
import { chooseSubnets } from "../../../../components/aws/subnets.ts";
import type { Subnet } from "../../../../components/index.ts";

function subnet(id: string, zone: string, ...roles: ("elb" | "internal-elb")[]): Subnet {
  const tags = Object.fromEntries(roles.map((role) => [`kubernetes.io/role/${role}`, "1"]));
  return { id, availabilityZone: zone, cidrBlock: "10.0.0.0/20", tags };
}

function chosen(...choice: Parameters<typeof chooseSubnets>): string[] {
  const result = chooseSubnets(...choice);
  return result.kind === "chosen"
    ? result.subnets.map(({ id }) => id)
    : result.problems.map(({ reason }) => reason);
}

describe("the subnets of a load balancer", () => {
  const publicB = subnet("subnet-2", "b", "elb");
  const publicA = subnet("subnet-3", "a", "elb");
  const privateA = subnet("subnet-1", "a", "internal-elb");

  it("are the tagged public ones if it is internet-facing, in the order of zones", () => {
    assert.deepEqual(chosen([publicB, privateA, publicA]), ["subnet-3", "subnet-2"]);
  });

  it("are the tagged private ones if it is internal, or else any", () => {
    assert.deepEqual(chosen([publicA, publicB, privateA], "internal"), ["subnet-1", "subnet-2"]);
  });

  it("are one per zone: of equals, the first by id", () => {
    assert.deepEqual(chosen([subnet("subnet-9", "a", "elb"), publicA]), ["subnet-3"]);
  });

  it("are the named ones", () => {
    assert.deepEqual(chosen([publicA, publicB, privateA], "internet-facing", ["subnet-1", "subnet-2"]), [
      "subnet-1",
      "subnet-2",
    ]);
  });

  it("are refused if none has the tag", () => {
    assert.deepEqual(chosen([privateA]), [
      'no subnet has the tag "kubernetes.io/role/elb" (none of subnet-1 has it); tag the subnets, or name them in subnetIds',
    ]);
  });

  it("are refused outside the VPC", () => {
    assert.deepEqual(chosen([publicA], "internal", ["subnet-7"]), [
      '"subnet-7" is not a subnet of the cluster\'s VPC; allowed are subnet-3',
    ]);
  });

  it("are refused if two are in one zone", () => {
    assert.deepEqual(chosen([publicA, privateA], "internal", ["subnet-3", "subnet-1"]), [
      '"subnet-1" is in a, like "subnet-3"; AWS allows one subnet per zone; remove one',
    ]);
  });
});
