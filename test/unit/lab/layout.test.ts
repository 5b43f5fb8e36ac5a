import assert from "node:assert/strict";
import ipaddr from "ipaddr.js";
import { describe, it } from "mocha";
import { nodes, spareNodes } from "../../../lab/layout.ts";

const all = [...nodes, ...spareNodes];
const within = (address: string, cidr: string): boolean =>
  ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(cidr));

describe("the lab's map", () => {
  it("gives every node, including spare ones, its own name, address and pod addresses", () => {
    for (const key of ["name", "address", "podCidr"] as const) {
      assert.equal(new Set(all.map((node) => node[key])).size, all.length, key);
    }
  });

  it("has every node in its subnet, and its pods' addresses too", () => {
    for (const node of all) {
      assert.ok(within(node.address, node.subnetCidr), node.name);
      assert.ok(within(node.podCidr.split("/")[0] ?? "", node.subnetCidr), node.name);
    }
  });

  it("has one subnet in each zone, which its spare nodes share", () => {
    for (const { zone, subnetCidr } of spareNodes) {
      assert.equal(nodes.find((node) => node.zone === zone)?.subnetCidr, subnetCidr);
    }
  });
});
