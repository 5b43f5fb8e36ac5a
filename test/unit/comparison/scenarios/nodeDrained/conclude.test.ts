import assert from "node:assert/strict";
import { drainedFindings } from "../../../../../comparison/scenarios/nodeDrained/conclude.ts";
import type { DrainedNode } from "../../../../../comparison/scenarios/nodeDrained/conclude.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import { verdictOf } from "../../../../../comparison/scenarios/scenario.ts";
import type { Sample } from "../../../../../comparison/scenarios/traffic/load.ts";
import { answered, lost } from "../samples.ts";

/** Drained from 0 to 30 s, switched off until 60 s. */
const times = { at: 0, lostAt: 30_000, until: 60_000, afterDrain: true };

function side(afterExclusion: boolean, samples: readonly Sample[]) {
  const happened: DrainedNode = { ...times, afterExclusion };
  return measured({ happened, samples, nodeOfPod: new Map([["pod-1", "node-b"]]) });
}

const calm = [answered("cluster", 1000), answered("local", 1000), answered("cluster", 31_000)];
/** By who does not follow nodes: a while after the last pod has ended, and after the node is switched off. */
const missed = [
  ...calm,
  ...range(50).map((index) => answered("local", 2000 + index)),
  lost("local", 9000),
  lost("cluster", 34_000),
];

function range(count: number): number[] {
  return [...Array(count).keys()];
}

const verdicts = (left: readonly Sample[], right: readonly Sample[], follows = true) =>
  drainedFindings({ left: side(true, left), right: side(!follows, right) }, 20).map(verdictOf);

describe("a node that is drained and switched off", () => {
  it("is missed until its checks have failed by whoever does not follow nodes, and by nobody else", () => {
    assert.deepEqual(verdicts(missed, calm), [
      "same",
      "as documented",
      "same",
      "as documented",
      "as documented",
    ]);
  });

  it("must not be missed by who deregistered it", () => {
    assert.equal(verdicts(missed, missed)[4], "different");
  });

  it("must be deregistered by who follows nodes", () => {
    assert.equal(verdicts(missed, calm, false)[3], "different");
  });

  it("must cost nothing while it is drained", () => {
    const losing = [...calm, lost("cluster", 2000), lost("local", 2000)];
    assert.deepEqual(verdicts(missed, losing).slice(0, 2), ["different", "different"]);
  });

  it("must be missed by who does not follow nodes, else nothing was shown", () => {
    const verdictsOfCalm = verdicts(calm, calm);
    assert.deepEqual([verdictsOfCalm[1], verdictsOfCalm[4]], ["different", "different"]);
  });
});
