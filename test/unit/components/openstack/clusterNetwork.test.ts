import assert from "node:assert/strict";
import { findClusterNetwork } from "../../../../components/openstack/index.ts";
import { declare } from "../core/declaring.ts";
import type { Calls } from "../core/declaring.ts";
import { network } from "./network.ts";

const ports: Readonly<Record<string, { readonly name: string; readonly allFixedIps: readonly string[] }>> = {
  "port-b": { name: "node-2", allFixedIps: ["192.168.7.12", "10.0.0.12"] },
  "port-a": { name: "node-1", allFixedIps: ["10.0.0.11"] },
  "port-c": { name: "elsewhere", allFixedIps: ["192.168.7.9"] },
};

const callsWith = (ids: readonly string[]): Calls => ({
  "openstack:networking/getSubnet:getSubnet": ({ subnetId }) => ({
    id: subnetId,
    cidr: "10.0.0.0/24",
    networkId: "nodes",
  }),
  "openstack:networking/getNetwork:getNetwork": ({ networkId }) => ({ id: networkId, name: "public" }),
  "openstack:networking/getPortIds:getPortIds": ({ networkId, securityGroupIds }) => {
    assert.deepEqual({ networkId, securityGroupIds }, { networkId: "nodes", securityGroupIds: ["group-1"] });
    return { ids };
  },
  "openstack:networking/getPort:getPort": ({ portId }) => ({ id: portId, ...ports[portId as string] }),
});

const known = { subnetId: "subnet-1", nodeSecurityGroupId: "group-1", floatingNetworkId: "network-1" };

describe("the network of a cluster on OpenStack", () => {
  it("has the nodes' addresses in the subnet, by the security group of their ports", async () => {
    const { result } = await declare(() => findClusterNetwork(known), {
      preview: false,
      calls: callsWith(Object.keys(ports)),
    });
    assert.deepEqual(result, network);
  });

  it("has no external network unless it is named", async () => {
    const { floatingNetworkId: _, ...inner } = known;
    const { result } = await declare(() => findClusterNetwork(inner), {
      preview: false,
      calls: callsWith(["port-a"]),
    });
    assert.equal(result.floatingNetwork, undefined);
  });

  it("is refused if no port in the subnet has the security group", async () => {
    await assert.rejects(
      declare(() => findClusterNetwork(known), { preview: false, calls: callsWith(["port-c"]) }),
      /No port in the subnet subnet-1 \(10\.0\.0\.0\/24\) has the security group group-1, .*Name the subnet/,
    );
  });
});
