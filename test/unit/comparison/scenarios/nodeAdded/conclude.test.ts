import assert from "node:assert/strict";
import { addedNodeFindings } from "../../../../../comparison/scenarios/nodeAdded/conclude.ts";
import type { FirstRequest } from "../../../../../comparison/scenarios/nodeAdded/conclude.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import { verdictOf } from "../../../../../comparison/scenarios/scenario.ts";
import type { Sample } from "../../../../../comparison/scenarios/traffic/load.ts";
import { answered, lost } from "../samples.ts";

const most = 24;
const byItself: FirstRequest = { byItself: true, firstRequestSeconds: 11 };
const sooner: FirstRequest = { byItself: true, firstRequestSeconds: 6 };
const updated: FirstRequest = { byItself: false, firstRequestSeconds: 39 };
const never: FirstRequest = { byItself: false, firstRequestSeconds: Number.NaN };

const calm = [answered("nodes", 0), answered("group", 0)];

function side(nodes: FirstRequest, group: FirstRequest, samples: readonly Sample[] = calm) {
  return measured({ happened: { nodes, group }, samples, nodeOfPod: new Map([["pod-1", "node-a"]]) });
}

const usual = side(byItself, byItself);
const verdicts = (left: ReturnType<typeof side>, right = usual) =>
  addedNodeFindings({ left, right }, most).map(verdictOf);

describe("a node that is added", () => {
  it("waits for the next update by hand, and for nobody with the controller or with its group attached", () =>
    assert.deepEqual(verdicts(side(updated, sooner)), [
      "as documented",
      "as documented",
      "same",
      "same",
      "same",
      "same",
    ]));

  it("must not come by itself by hand: then nobody waited for the update", () =>
    assert.deepEqual(verdicts(side(byItself, sooner)).slice(0, 2), ["different", "different"]));

  it("must come by itself where its group is attached", () =>
    assert.deepEqual(verdicts(side(updated, never)).slice(2, 4), ["different", "different"]));

  it("must come by itself with the controller", () =>
    assert.equal(verdicts(side(updated, sooner), side(never, byItself))[0], "different"));

  it("must take nothing away from others, whichever way it comes", () => {
    const samples = [...calm, lost("group", 1000)];
    assert.equal(verdicts(side(updated, sooner, samples))[5], "different");
  });
});
