import assert from "node:assert/strict";
import { refuseToLead, refusalOf } from "../../../../cli/move/refusal.ts";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
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

describe("a move between two ways", () => {
  const { ways } = aws;
  const refusal = (from: string, to: string, hasController = true, leads = true) => {
    try {
      refuseToLead({ from, to, leads }, ways, hasController);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };

  it("is possible where a program makes one of them", () => {
    const possible = ways.flatMap(({ name: from }) =>
      ways
        .filter(({ name: to }) => to !== from && refusal(from, to) === undefined)
        .map(({ name: to }) => `${from} ${to}`),
    );
    assert.equal(possible.length, 10);
    assert.ok(!possible.includes("loadBalancer lbc") && !possible.includes("lbc loadBalancer"));
  });

  it("is refused between two controllers, with the way round", () => {
    assert.match(
      refusal("loadBalancer", "lbc") ?? "",
      /^clients cannot be led from loadbalancer to lbc at once: .* made by two controllers.* --to nodeport, then --to lbc$/,
    );
  });

  it("is not refused if no client is to be led any more, and the old way only goes", () => {
    assert.equal(refusal("loadBalancer", "lbc", true, false), undefined);
  });

  it("is refused without the controller that a way needs", () => {
    assert.match(
      refusal("nodePort", "lbc", false) ?? "",
      /^the lab does not run the AWS Load Balancer Controller; set lab:loadBalancerController to true/,
    );
    assert.equal(refusal("nodePort", "shared", false), undefined);
  });
});
