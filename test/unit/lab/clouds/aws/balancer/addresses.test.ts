import assert from "node:assert/strict";
import { internet } from "../../../../../../lab/layout.ts";
import { allocate } from "../../../../../../lab/clouds/aws/balancer/addresses.ts";
import { account, loadBalancer, publicCidr } from "./facts.ts";

describe("addresses of load balancers", () => {
  it("gives an internet-facing one a public address per zone and a private one from the subnet's upper half", () => {
    const [allocation] = allocate([], account(), publicCidr);
    assert.deepEqual(allocation?.addresses, [
      { zone: "a", subnetId: "subnet-a", address: "203.0.113.1", privateAddress: "10.0.8.0" },
      { zone: "b", subnetId: "subnet-b", address: "203.0.113.2", privateAddress: "10.0.24.0" },
      { zone: "c", subnetId: "subnet-c", address: "203.0.113.3", privateAddress: "10.0.40.0" },
    ]);
  });

  it("gives an internal one private addresses only", () => {
    const facts = account({ loadBalancers: [loadBalancer({ scheme: "internal" })] });
    const [allocation] = allocate([], facts, publicCidr);
    assert.deepEqual(
      allocation?.addresses.map(({ address }) => address),
      ["10.0.8.0", "10.0.24.0", "10.0.40.0"],
    );
  });

  it("keeps a load balancer's addresses when others come and go", () => {
    const two = loadBalancer({ arn: "two", name: "two" });
    const before = allocate([], account({ loadBalancers: [loadBalancer(), two] }), publicCidr);
    const three = loadBalancer({ arn: "three", name: "three" });
    const after = allocate(before, account({ loadBalancers: [two, three] }), publicCidr);
    assert.deepEqual(after[0], before[1]);
    assert.deepEqual(after[1]?.addresses[0]?.address, "203.0.113.1");
  });

  it("adds and removes zones of a load balancer and keeps its others", () => {
    const [zone] = loadBalancer().zones;
    assert.ok(zone);
    const before = allocate([], account({ loadBalancers: [loadBalancer({ zones: [zone] })] }), publicCidr);
    const after = allocate(before, account(), publicCidr);
    assert.deepEqual(after[0]?.addresses[0], before[0]?.addresses[0]);
    assert.equal(after[0]?.addresses.length, 3);
    assert.deepEqual(
      allocate(after, account({ loadBalancers: [loadBalancer({ zones: [zone] })] }), publicCidr),
      before,
    );
  });

  it("passes over addresses that instances have", () => {
    const facts = account();
    const instances = facts.instances.map((instance, index) =>
      index === 0 ? { ...instance, address: "10.0.8.0" } : instance,
    );
    assert.equal(
      allocate([], { ...facts, instances }, publicCidr)[0]?.addresses[0]?.privateAddress,
      "10.0.8.1",
    );
  });

  it("has room for 250 load balancers in three zones each, public and private", () => {
    const loadBalancers = Array.from({ length: 250 }, (_, index) =>
      loadBalancer({ arn: index.toString(), name: index.toString() }),
    );
    const zones = allocate([], account({ loadBalancers }), internet.loadBalancerCidr).flatMap(
      ({ addresses }) => addresses,
    );
    for (const key of ["address", "privateAddress"] as const) {
      assert.equal(new Set(zones.map((zone) => zone[key])).size, 750, key);
    }
  }).timeout(20_000);

  it("names the range that is used up, and the way out", () => {
    assert.throws(
      () => allocate([], account(), "203.0.113.0/30"),
      /no address is free in 203\.0\.113\.0\/30; .*delete load balancers, or widen/,
    );
  });

  it("names a subnet that is unknown", () => {
    assert.throws(
      () => allocate([], account({ subnets: [] }), publicCidr),
      /load balancer one is in the subnet subnet-a, which EC2 does not list/,
    );
  });
});
