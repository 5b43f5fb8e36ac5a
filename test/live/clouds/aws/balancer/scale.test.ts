/** Rule sets of many load balancers, within what the kernel lets a user namespace send at once. */
import assert from "node:assert/strict";
import { nodes } from "../../../../../lab/layout.ts";
import { nodesOf } from "./balancing.ts";
import { Bed } from "./bed.ts";
import type { Programmed } from "./program.ts";

describe("the data plane's rule sets", function () {
  this.timeout(120_000);
  const bed = new Bed();
  before(() => bed.startNetwork());
  after(() => {
    bed.stop();
  });

  it("hold 400 load balancers in three zones with three targets and security groups of their own", async () => {
    const { firstMs, changeMs, addresses } = JSON.parse(
      await bed.run("test/live/clouds/aws/balancer/program.ts", "400", "30001"),
    ) as Programmed;
    console.log(`      programmed in ${firstMs} ms, a change in ${changeMs} ms`);
    await Promise.all(nodes.map(({ name }) => bed.host(name).listen(30001)));
    for (const address of addresses) {
      const answers = await bed.host("client").ask("tcp", address, 80, 60);
      assert.deepEqual(
        nodesOf(answers),
        nodes.map(({ name }) => name),
      );
    }
    const listeners = await bed.output("nft", "list", "map", "ip", "nlb", "listeners");
    assert.equal(listeners.match(/ : 0x/g)?.length, 400 * 3);
  });
});
