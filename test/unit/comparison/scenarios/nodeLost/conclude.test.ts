import assert from "node:assert/strict";
import { lostNodeFindings } from "../../../../../comparison/scenarios/nodeLost/conclude.ts";
import type { LostNode } from "../../../../../comparison/scenarios/nodeLost/conclude.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import { verdictOf } from "../../../../../comparison/scenarios/scenario.ts";
import type { Sample } from "../../../../../comparison/scenarios/traffic/load.ts";
import { answered, lost } from "../samples.ts";

const happened: LostNode = {
  at: 1000,
  detectedAt: { left: 3200, right: 3200 },
  until: 70_000,
  outOfDns: { left: 1, right: 1 },
};

const side = (samples: readonly Sample[], changes: Partial<LostNode> = {}) =>
  measured({ happened: { ...happened, ...changes }, samples, nodeOfPod: new Map([["pod-1", "node-a"]]) });

/** Found out after 2 s by load balancers, after 50 s by Kubernetes. */
const usual = [
  lost("local", 3000),
  answered("local", 20_000),
  lost("cluster", 51_000),
  answered("cluster", 60_000),
  lost("lasting", 2000),
  answered("node", 500),
  lost("node", 5000),
  // When the node was back already.
  answered("node", 71_000),
];

const verdicts = (samples: readonly Sample[], changes: Partial<LostNode> = {}) =>
  lostNodeFindings({ left: side(usual), right: side(samples, changes) }, 20).map(verdictOf);

describe("a node that falls silent", () => {
  it("is found out by checks as soon as their arithmetic says, and by Kubernetes after its grace period", () => {
    assert.deepEqual(
      verdicts(usual),
      Array.from({ length: 8 }, () => "same"),
    );
  });

  it("must not be sent to any more once its checks have failed, nor after Kubernetes gave it up", () => {
    assert.equal(verdicts([...usual, lost("local", 20_000)])[1], "different");
    assert.equal(verdicts([...usual, lost("cluster", 69_000)])[2], "different");
  });

  it("must not be found out before two checks can have failed, nor later than they must have", () => {
    assert.equal(verdicts(usual, { detectedAt: { left: 3200, right: 1100 } })[0], "different");
    assert.equal(verdicts(usual, { detectedAt: { left: 3200, right: 12_000 } })[0], "different");
  });

  it("must be missed: who lost nothing was not sent to it", () => {
    const without = (load: string) =>
      usual.map((sample) => (sample.load === load ? answered(load, sample.at) : sample));
    assert.equal(verdicts(without("local"))[1], "different");
    assert.equal(verdicts(without("cluster"))[2], "different");
  });

  it("says nothing where nothing was sent", () => {
    assert.equal(verdicts(usual.filter(({ load }) => load !== "lasting"))[3], "unreachable");
  });

  it("must be out of DNS, in its zone only", () => {
    assert.equal(verdicts(usual, { outOfDns: { left: 1, right: 0 } })[5], "different");
    assert.equal(verdicts(usual, { outOfDns: { left: 1, right: 2 } })[5], "different");
  });

  it("must not answer at its own address", () => {
    assert.equal(verdicts([...usual, answered("node", 6000)])[7], "different");
  });
});
