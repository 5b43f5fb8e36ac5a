import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { nodes, spareNodes } from "../../../../lab/layout.ts";
import { linkPlan, nodeLinks, nodeLinksRemoval } from "../../../../lab/network/links.ts";

describe("the lab's links", () => {
  const { router, others } = linkPlan();

  it("give every node and the client outside a network namespace of their own", () => {
    const made = router.filter((line) => line.startsWith("netns add ")).map((line) => line.slice(10));
    assert.deepEqual(made, [...nodes.map(({ name }) => name), "client"]);
    assert.deepEqual(Object.keys(others), made);
  });

  it("lead a node's every packet through the router: its address is a /32, and its one neighbour the gateway", () => {
    for (const { name, address } of nodes) {
      assert.ok(others[name]?.includes(`address add ${address}/32 dev eth0`), name);
      assert.ok(others[name]?.includes(`route add default via 169.254.1.1 dev eth0 src ${address}`), name);
    }
  });

  it("lead the router to every node's pods", () => {
    for (const { name, address, podCidr } of nodes) {
      assert.ok(router.includes(`route add ${podCidr} via ${address} dev ${name} onlink src 10.0.0.1`), name);
    }
  });

  it("drop packets to a node's pod addresses that no pod has", () => {
    for (const { name, podCidr } of nodes) {
      assert.ok(others[name]?.includes(`route add blackhole ${podCidr}`), name);
    }
  });

  it("of a spare node are made when it joins, as those of the others, and go with it", () => {
    const [spare] = spareNodes;
    assert.ok(spare);
    assert.ok(!router.some((line) => line.includes(spare.name)));
    const { router: own, others: inside } = nodeLinks(spare);
    assert.ok(
      own.includes(`route add ${spare.podCidr} via ${spare.address} dev ${spare.name} onlink src 10.0.0.1`),
    );
    assert.deepEqual(Object.keys(inside), [spare.name]);
    assert.deepEqual(nodeLinksRemoval(spare), [`link delete ${spare.name}`, `netns delete ${spare.name}`]);
  });
});
