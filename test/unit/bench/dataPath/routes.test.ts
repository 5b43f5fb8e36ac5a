import assert from "node:assert/strict";
import { clientRoutes } from "../../../../bench/dataPath/routes.ts";

describe("the client's routes", () => {
  const routes = clientRoutes([
    { address: "10.244.1.2", insideOnly: true },
    { address: "203.0.113.1", insideOnly: false },
  ]);

  it("lead to each contender from an address of its own, inside the VPC where only that may connect", () =>
    assert.deepEqual(routes.client, [
      "address add 10.0.47.20/32 dev eth0",
      "route add 10.244.1.2/32 via 198.51.100.1 src 10.0.47.20",
      "address add 198.51.100.21/32 dev eth0",
      "route add 203.0.113.1/32 via 198.51.100.1 src 198.51.100.21",
    ]));

  it("have a way back for addresses of the VPC, which the router would look for elsewhere", () =>
    assert.deepEqual(routes.router, ["route add 10.0.47.20/32 dev client"]));
});
