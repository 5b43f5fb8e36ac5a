import assert from "node:assert/strict";
import { refusalOf } from "../../../../cli/move/refusal.ts";
import type { Comparison } from "../../../../comparison/result/comparison.ts";

type Verdict = Comparison["verdict"];

const value = (path: string): Verdict["causes"][number]["values"][number] => ({
  path,
  left: "a",
  right: "b",
});
const cause = (reason: string, ...paths: string[]): Verdict["causes"][number] => ({
  reason,
  rank: 1,
  values: paths.map(value),
});
const verdict = (kind: Verdict["kind"], ...causes: Verdict["causes"]): { verdict: Verdict } => ({
  verdict: { kind, sentence: `${kind}.`, reasons: causes.map(({ reason }) => reason), causes },
});

describe("a comparison before a move", () => {
  it("lets clients go to an equivalent way", () => {
    assert.equal(refusalOf(verdict("equivalent"), []), undefined);
  });

  it("refuses a difference, and names how to accept it", () => {
    const refusal = refusalOf(verdict("different", cause("The checks differ.", "check / interval")), []);
    assert.match(
      refusal ?? "",
      /The checks differ\.\nRepair that, or accept it:\n {2}--accept "check \/ interval"/,
    );
  });

  it("lets clients go if all that differs is accepted, and not if only a part of it is", () => {
    const different = verdict("different", cause("One.", "a", "b"), cause("Two.", "c"));
    assert.equal(refusalOf(different, ["a", "b", "c"]), undefined);
    assert.match(
      refusalOf(different, ["a", "c"]) ?? "",
      /One\.\nRepair that, or accept it:\n {2}--accept "b"$/,
    );
  });

  it("refuses lost requests and sources that did not answer, whatever is accepted", () => {
    assert.match(
      refusalOf(verdict("different", cause("3 requests failed.")), ["a"]) ?? "",
      /3 requests failed/,
    );
    assert.match(refusalOf(verdict("incomplete", cause("DNS: no answer")), ["a"]) ?? "", /DNS: no answer/);
    assert.match(refusalOf(verdict("different"), ["a"]) ?? "", /^different\./);
  });
});
