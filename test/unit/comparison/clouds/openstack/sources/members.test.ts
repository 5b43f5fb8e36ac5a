import assert from "node:assert/strict";
import type { Port } from "../../../../../../comparison/clouds/openstack/api/objects.ts";
import { holderOf } from "../../../../../../comparison/clouds/openstack/sources/members.ts";

const port = (id: string, subnet_id: string, ip_address = "10.0.0.11"): Port => ({
  id,
  name: id,
  device_id: "",
  device_owner: "compute:nova",
  security_groups: [],
  fixed_ips: [{ subnet_id, ip_address }],
});

const ours = port("ours", "subnet-a");
const others = port("others", "subnet-z");
const node = { name: "node-a", instanceId: "i-a", zone: "nova", address: "10.0.0.11", ready: true };

const holder = (
  subnet_id: string | null,
  ports: readonly Port[],
  { address = node.address, vip = "subnet-a" } = {},
) => {
  const nodePorts = new Map(ports.filter(({ id }) => id === "ours").map((each) => [node.address, each]));
  return holderOf({ address, subnet_id }, { vip_subnet_id: vip }, { nodes: [node], nodePorts, ports });
};

describe("a member of a pool", () => {
  it("is a node in the node's subnet, and another cluster's in that one's", () => {
    assert.equal(holder("subnet-a", [ours, others]), "node");
    assert.equal(holder("subnet-z", [ours, others]), "other");
    assert.equal(holder("subnet-a", [others, port("x", "subnet-a")]), "other");
  });

  it("is in the load balancer's subnet if it names none", () => {
    assert.equal(holder(null, [ours, others]), "node");
    assert.equal(holder(null, [ours, others], { vip: "subnet-z" }), "other");
  });

  it("is a node in any subnet from which a router leads to the node's, unless others have the address too", () => {
    assert.equal(holder("subnet-vips", [ours]), "node");
    assert.equal(holder("subnet-vips", [others]), "other");
    assert.equal(holder("subnet-vips", [ours, others]), "either");
  });

  it("is a node by its address alone if the project has no port with it", () => {
    assert.equal(holder("subnet-a", []), "node");
    assert.equal(holder("subnet-a", [ours], { address: "10.0.0.99" }), "nobody");
  });
});
