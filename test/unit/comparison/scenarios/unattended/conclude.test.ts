import assert from "node:assert/strict";
import { unattendedFindings } from "../../../../../comparison/scenarios/unattended/conclude.ts";
import type { Unattended } from "../../../../../comparison/scenarios/unattended/conclude.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import { verdictOf } from "../../../../../comparison/scenarios/scenario.ts";
import type { Sample } from "../../../../../comparison/scenarios/traffic/load.ts";
import { answered, lost } from "../samples.ts";

/** Answers each second from the kill on, a loss after one and a half. */
const usual = [...[1000, 2000, 3000, 4000].map((at) => answered("http", at)), lost("http", 2500)];

function side(samples: readonly Sample[], changes: Partial<Unattended> = {}) {
  const happened = { at: 1000, answersAgain: true, ...changes };
  return measured({ happened, samples, nodeOfPod: new Map([["pod-1", "node-a"]]) });
}

const verdicts = (samples: readonly Sample[], changes: Partial<Unattended> = {}) =>
  unattendedFindings({ left: side(usual), right: side(samples, changes) }, 25).map(verdictOf);

describe("a container killed while the API server is down", () => {
  it("is started again by its node, and costs its share until then", () => {
    assert.deepEqual(verdicts(usual), ["same", "same", "same", "same"]);
  });

  it("must come back without the API server", () => {
    assert.equal(verdicts(usual, { answersAgain: false })[0], "different");
  });

  it("must not cost more than its share, nor for longer than a restart takes", () => {
    const many = Array.from({ length: 100 }, (_, index) => lost("http", 1000 + index));
    assert.equal(verdicts([...usual, ...many])[1], "different");
    assert.equal(verdicts([...usual, lost("http", 12_000)])[2], "different");
  });

  it("must leave the other pods' answers as they are", () => {
    assert.equal(verdicts([answered("http", 1000), answered("http", 5000)])[3], "different");
  });

  it("shows nothing if nothing was sent after it", () => {
    assert.deepEqual(verdicts([answered("http", 500)]).slice(1), [
      "unreachable",
      "unreachable",
      "unreachable",
    ]);
  });
});
