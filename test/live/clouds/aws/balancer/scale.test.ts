/** Rule sets of many load balancers, within the size that the kernel allows a user namespace to send at once. */
import assert from "node:assert/strict";
import { nodes } from "../../../../../lab/layout.ts";
import { nodesOf } from "./balancing.ts";
import { Testbed } from "./testbed.ts";
import type { Programmed } from "./program.ts";

describe("the data plane's rule sets", function () {
  this.timeout(120_000);
  const testbed = new Testbed();
  before(() => testbed.startNetwork());
  after(() => {
    testbed.stop();
  });

  it("hold 400 load balancers in three zones, each with three targets and its own security groups", async () => {
    const { firstMs, changeMs, addresses } = JSON.parse(
      await testbed.run("test/live/clouds/aws/balancer/program.ts", "400", "30001"),
    ) as Programmed;
    console.log(`      programmed in ${firstMs} ms, a change in ${changeMs} ms`);
    await Promise.all(nodes.map(({ name }) => testbed.host(name).listen(30001)));
    for (const address of addresses) {
      const answers = await testbed.host("client").ask("tcp", address, 80, 60);
      assert.deepEqual(
        nodesOf(answers),
        nodes.map(({ name }) => name),
      );
    }
    const listeners = await testbed.output("nft", "list", "map", "ip", "nlb", "listeners");
    assert.equal(listeners.match(/ : 0x/g)?.length, 400 * 3);
  });
});
