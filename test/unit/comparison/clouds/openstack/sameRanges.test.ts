/** Client ranges on OpenStack: what counts is who is let in, not how it is written. */
import assert from "node:assert/strict";
import type { OpenStackFacts } from "../../../../../comparison/clouds/openstack/model.ts";
import { factsIn, known } from "../../../../../comparison/model/sourceResult.ts";
import { sides } from "../../../../../comparison/result/bySide.ts";
import type { Side } from "../../../../../comparison/result/bySide.ts";
import { judged, planned } from "./planned.ts";

const loadBalancerSourceRanges = ["10.0.0.0/8"];
const halves = ["10.0.0.0/9", "10.128.0.0/9"];

const ports = [
  { name: "http", port: 80 },
  { name: "https", port: 443 },
];

/** With other allowed CIDRs of the listeners of one side. @param which the port, or all */
function withCidrs(facts: OpenStackFacts, side: Side, allowedCidrs: readonly string[], which?: number) {
  const loadBalancer = factsIn(facts[side].loadBalancer);
  assert.ok(loadBalancer);
  const listeners = loadBalancer.listeners.map((each) =>
    which === undefined || each.port === which ? { ...each, allowedCidrs } : each,
  );
  return {
    ...facts,
    [side]: { ...facts[side], loadBalancer: known({ ...loadBalancer, listeners }) },
  } as OpenStackFacts;
}

const reasonsOf = (facts: OpenStackFacts): string => {
  const { kind, reasons } = judged(facts).verdict;
  assert.equal(reasons.length === 0, kind === "equivalent");
  return reasons.join("; ");
};

describe("client ranges on OpenStack", () => {
  it("are the same where the hand-made listeners have them in halves", async () => {
    const facts = await planned({ ports, loadBalancerSourceRanges });
    assert.equal(reasonsOf(withCidrs(facts, "left", halves)), "");
    assert.equal(reasonsOf(withCidrs(facts, "left", halves, 80)), "");
  });

  it("differ where one listener of the hand-made way lets in others", async () => {
    const facts = await planned({ ports, loadBalancerSourceRanges });
    for (const others of [halves.slice(1), [], ["10.0.0.0/7"], [...halves, "192.0.2.0/24"]])
      assert.match(reasonsOf(withCidrs(facts, "left", others, 443)), /allowedCidrs|who may connect|ranges/i);
  });

  it("differ where the controller's listeners let in others than the Service names", async () => {
    const facts = await planned({ ports, loadBalancerSourceRanges });
    for (const which of [80, 443]) assert.notEqual(reasonsOf(withCidrs(facts, "right", [], which)), "");
    const both = sides.reduce((all, side) => withCidrs(all, side, ["192.0.2.0/24"]), facts);
    assert.notEqual(reasonsOf(both), "");
  });

  it("are everywhere where a listener has none, on either side", async () => {
    const open = await planned({ ports });
    for (const side of sides) assert.equal(reasonsOf(withCidrs(open, side, [])), "");
    const named = await planned({ ports, loadBalancerSourceRanges: ["0.0.0.0/1", "128.0.0.0/1"] });
    assert.equal(reasonsOf(withCidrs(named, "left", [])), "");
  });

  it("are not everywhere where a listener has none and the other has some", async () => {
    const facts = await planned({ ports, loadBalancerSourceRanges });
    for (const side of sides) assert.notEqual(reasonsOf(withCidrs(facts, side, [])), "");
  });
});
