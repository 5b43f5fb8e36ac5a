import assert from "node:assert/strict";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import type { Facts } from "../../../../comparison/model/exposure.ts";
import { factsIn, known } from "../../../../comparison/model/sourceResult.ts";
import { pictureOf } from "../../../../comparison/picture/pictureOf.ts";
import { facts } from "../difference/facts.ts";

/** Where the left load balancer's traffic goes, in the picture's order. */
function destinations(compared: Facts): string[] {
  return pictureOf(compared, aws)
    .edges.filter(({ from, kind }) => from === "left load balancer" && kind === "traffic")
    .map(({ to, label }) => `${to}, ${label}`);
}

const toEachNode = ["a", "b", "c"].map((letter) => `left kube-proxy node-${letter}, TCP 31301`);

describe("the picture of facts", () => {
  it("has traffic from the load balancer to each node that is a target", () => {
    assert.deepEqual(destinations(facts), toEachNode);
  });

  it("has it in the order of the nodes, whatever the order of the targets", () => {
    const balancer = factsIn(facts.left.loadBalancer) ?? assert.fail();
    const pools = balancer.pools.map((group) => ({
      ...group,
      members: [...group.members].reverse(),
    }));
    const left = { ...facts.left, loadBalancer: known({ ...balancer, pools }) };
    assert.deepEqual(destinations({ ...facts, left }), toEachNode);
  });

  it("has none to an instance that is no node of the cluster", () => {
    const cluster = factsIn(facts.cluster) ?? assert.fail();
    const nodes = cluster.nodes.filter(({ name }) => name !== "node-b");
    assert.deepEqual(
      destinations({ ...facts, cluster: known({ ...cluster, nodes }) }),
      toEachNode.filter((to) => !to.includes("node-b")),
    );
  });
});
