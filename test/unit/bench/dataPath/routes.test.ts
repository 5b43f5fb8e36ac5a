import assert from "node:assert/strict";
import { clientRoutes } from "../../../../bench/dataPath/routes.ts";

describe("the client's routes", () => {
  const routes = clientRoutes([
    { address: "10.244.1.2", port: 8080, insideOnly: true },
    { address: "10.0.0.10", port: 30001, insideOnly: false },
    { address: "10.0.0.10", port: 30002, insideOnly: false },
  ]);

  it("lead to each contender from another address, even to two node ports of one node, and from inside the VPC if only that may connect", () =>
    assert.deepEqual(routes.client, [
      "address add 10.0.47.20/32 dev eth0",
      "route add 10.244.1.2/32 via 198.51.100.1 src 10.0.47.20 table 100",
      "rule add to 10.244.1.2/32 ipproto tcp dport 8080 table 100",
      "address add 198.51.100.21/32 dev eth0",
      "route add 10.0.0.10/32 via 198.51.100.1 src 198.51.100.21 table 101",
      "rule add to 10.0.0.10/32 ipproto tcp dport 30001 table 101",
      "address add 198.51.100.22/32 dev eth0",
      "route add 10.0.0.10/32 via 198.51.100.1 src 198.51.100.22 table 102",
      "rule add to 10.0.0.10/32 ipproto tcp dport 30002 table 102",
    ]));

  it("include a way back for addresses of the VPC, which the router would look for elsewhere", () =>
    assert.deepEqual(routes.router, ["route add 10.0.47.20/32 dev client"]));
});
