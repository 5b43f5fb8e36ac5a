import assert from "node:assert/strict";
import type { Port } from "../../../../../../comparison/clouds/openstack/api/objects.ts";
import { portsOfNodes } from "../../../../../../comparison/clouds/openstack/sources/nodePorts.ts";

const nodes = ["10.0.0.11", "10.0.0.12"].map((address, index) => ({
  name: `node-${index}`,
  instanceId: `server-${index}`,
  zone: "nova",
  address,
  ready: true,
}));

const port = (id: string, subnet_id: string, ip_address: string, device_id: string): Port => ({
  id,
  name: id,
  device_id,
  device_owner: "compute:nova",
  security_groups: [],
  fixed_ips: [{ subnet_id, ip_address }],
});

const ours = [port("a", "subnet-a", "10.0.0.11", "server-0"), port("b", "subnet-a", "10.0.0.12", "server-1")];
const theirs = [port("c", "subnet-z", "10.0.0.11", "x"), port("d", "subnet-z", "10.0.0.12", "y")];

const found = (ports: readonly Port[], of = nodes): string => {
  const result = portsOfNodes(ports, of);
  return result.kind === "known"
    ? `${result.subnet}: ${[...result.ports.values()].map(({ id }) => id).join(" ")}`
    : result.reason;
};

const withoutIds = nodes.map((node) => ({ ...node, instanceId: "" }));

describe("the ports of a cluster's nodes", () => {
  it("are found by their addresses, if the nodes have no providerIDs", () => {
    assert.equal(found(ours, withoutIds), "subnet-a: a b");
    assert.match(found([], withoutIds), /^the Neutron API has no port with the address/);
  });

  it("are those of the nodes' servers, where another cluster has the same addresses", () => {
    assert.equal(found([...theirs, ...ours]), "subnet-a: a b");
  });

  it("are not known where nothing tells the servers", () => {
    for (const unknown of [withoutIds, nodes.map((node) => ({ ...node, instanceId: "elsewhere" }))])
      assert.match(
        found([...theirs, ...ours], unknown),
        /^several subnets have a port .*: subnet-a, subnet-z$/,
      );
  });

  it("may be in several subnets, with an address each", () => {
    const apart = [ours[0] ?? assert.fail(), port("b", "subnet-b", "10.0.0.12", "server-1")];
    assert.equal(found(apart), "subnet-a: a b");
  });

  it("are those in the other nodes' subnets, for a node without a providerID", () => {
    const [first, second] = nodes;
    assert.ok(first !== undefined && second !== undefined);
    assert.equal(found([...theirs, ...ours], [first, { ...second, instanceId: "" }]), "subnet-a: a b");
  });

  it("are none of another server, where the providerIDs name servers", () => {
    assert.equal(found([...ours.slice(0, 1), ...theirs]), "subnet-a: a");
  });
});
