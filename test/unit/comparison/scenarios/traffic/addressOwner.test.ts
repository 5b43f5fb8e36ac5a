import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { addressOwner } from "../../../../../comparison/scenarios/traffic/addressOwner.ts";

const addresses = {
  client: "198.51.100.10",
  nodes: ["10.0.0.10", "10.0.16.10"],
  loadBalancer: ["10.0.8.0", "10.0.24.0"],
};

describe("whose address a pod saw", () => {
  it("is found by its holder", () => {
    assert.equal(addressOwner(["198.51.100.10"], addresses), "the client's");
    assert.equal(addressOwner(["10.0.16.10", "10.0.0.10"], addresses), "a node's");
    assert.equal(addressOwner(["10.0.8.0", "10.0.24.0"], addresses), "the load balancer's");
  });

  it("names each owner if there are several", () => {
    assert.equal(addressOwner(["10.0.8.0", "10.0.0.10"], addresses), "a node's and the load balancer's");
  });

  it("does not guess", () => {
    assert.equal(addressOwner(["192.0.2.1"], addresses), "nobody's known");
    assert.equal(addressOwner([], addresses), "none");
  });
});
