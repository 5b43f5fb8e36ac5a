import assert from "node:assert/strict";
import { originOf, shareOf, stepsOf, waitingSeconds } from "../../../../cli/move/steps.ts";
import type { Move, Step } from "../../../../cli/move/steps.ts";

const shares = [10, 50, 100];

/** Shares of the target in percent; `compare`, `wait` and `drain` by their names. */
function taken(nodePort: number, loadBalancer: number, changes: Partial<Move> = {}): (string | number)[] {
  const { to = "loadBalancer" } = changes;
  const weights = { nodePort, loadBalancer };
  const move: Move = { to, from: originOf(weights, to), weights, shares, removes: false, ...changes };
  return stepsOf(move).map((step) =>
    step.kind === "lead"
      ? shareOf(step.weights, move.to)
      : step.kind === "drain" || step.kind === "remove"
        ? `${step.kind} ${step.way}`
        : step.kind,
  );
}

describe("a move", () => {
  it("compares, leads ever more clients, and drains the old way", () => {
    assert.deepEqual(taken(100, 0), ["provide", "compare", 10, 50, 100, "drain nodePort"]);
  });

  it("goes on where the records are", () => {
    assert.deepEqual(taken(90, 10), ["provide", "compare", 50, 100, "drain nodePort"]);
    assert.deepEqual(taken(40, 60), ["provide", 100, "drain nodePort"]);
  });

  it("compares whatever has not most of the clients: its weight may have been set by hand", () => {
    assert.deepEqual(taken(99, 1), ["provide", "compare", 10, 50, 100, "drain nodePort"]);
    assert.deepEqual(taken(50, 50), ["provide", "compare", 100, "drain nodePort"]);
    assert.deepEqual(taken(10, 90, { to: "nodePort" }), [
      ...["provide", "compare", 50, 100],
      "drain loadBalancer",
    ]);
  });

  it("waits for the time to live before it drains if the records were changed before", () => {
    assert.deepEqual(taken(0, 100), ["provide", "wait", "drain nodePort"]);
  });

  it("goes back without a comparison to where most of the clients are", () => {
    assert.deepEqual(taken(90, 10, { to: "nodePort" }), ["provide", 100, "drain loadBalancer"]);
    assert.deepEqual(taken(51, 49, { to: "nodePort" }), ["provide", 100, "drain loadBalancer"]);
  });

  it("is compared again if no client was left", () => {
    assert.deepEqual(taken(0, 100, { to: "nodePort" }), [
      ...["provide", "compare", 10, 50, 100],
      "drain loadBalancer",
    ]);
  });

  it("understands records that were changed one by one, whatever their sum is", () => {
    // One of 90 and 10 was changed to 50.
    assert.deepEqual(taken(50, 10), ["provide", "compare", 50, 100, "drain nodePort"]);
    assert.deepEqual(taken(90, 50), ["provide", "compare", 50, 100, "drain nodePort"]);
    // Route 53 answers with both if all weights are 0.
    assert.deepEqual(taken(0, 0), ["provide", "compare", 100, "drain nodePort"]);
  });

  it("stops at a share, and drains nothing then", () => {
    assert.deepEqual(taken(100, 0, { shares: [1, 10] }), ["provide", "compare", 1, 10]);
    assert.deepEqual(taken(90, 10, { shares: [1, 10] }), ["provide"]);
  });

  it("removes the old way last, and only if all clients were led away", () => {
    assert.deepEqual(taken(90, 10, { removes: true }).slice(-2), ["drain nodePort", "remove nodePort"]);
    assert.deepEqual(taken(0, 100, { removes: true }), [
      ...["provide", "wait"],
      ...["drain nodePort", "remove nodePort"],
    ]);
    assert.deepEqual(taken(90, 10, { shares: [50], removes: true }), ["provide", "compare", 50]);
  });

  it("leaves the records of the other ways alone when it removes one", () => {
    const weights = { nodePort: 100, loadBalancer: 0 };
    const steps = stepsOf({ to: "lbc", from: "nodePort", weights, shares, removes: true });
    const [provide, last] = [steps[0], steps.at(-1)];
    assert.deepEqual(provide, { kind: "provide", weights: { ...weights, lbc: 0 } });
    assert.deepEqual(last, { kind: "remove", way: "nodePort", weights: { loadBalancer: 0, lbc: 100 } });
  });

  it("makes a way that was removed anew, without clients", () => {
    const weights = { loadBalancer: 100 };
    const steps = stepsOf({ to: "nodePort", from: "loadBalancer", weights, shares, removes: false });
    assert.deepEqual(steps[0], { kind: "provide", weights: { loadBalancer: 100, nodePort: 0 } });
    assert.equal(steps[1]?.kind, "compare");
  });

  it("deploys what is there if there is no other way: a removal may have been killed", () => {
    const weights = { loadBalancer: 100 };
    const move = { to: "loadBalancer", from: undefined, weights, shares, removes: true };
    assert.deepEqual(stepsOf(move), [{ kind: "provide", weights }]);
  });

  it("ends with the same records from wherever it starts", () => {
    for (let nodePort = 0; nodePort <= 255; nodePort += 5)
      for (let loadBalancer = 0; loadBalancer <= 255; loadBalancer += 5)
        for (const to of ["nodePort", "loadBalancer"] as const) {
          const weights = { nodePort, loadBalancer };
          const steps = stepsOf({ to, from: originOf(weights, to), weights, shares, removes: false });
          const last = steps.findLast((step) => step.kind === "lead");
          const end = last?.weights ?? weights;
          assert.equal(shareOf(end, to), 100, `${nodePort} ${loadBalancer} ${to}`);
          assert.equal(steps.at(-1)?.kind, "drain");
        }
  });
});

describe("the waits of a move", () => {
  it("are the time to live after each change, and the drain", () => {
    const back = { to: "nodePort", from: "loadBalancer", shares, removes: false };
    const steps: Step[] = stepsOf({ ...back, weights: { nodePort: 0, loadBalancer: 100 } });
    assert.equal(waitingSeconds(steps, { ttlSeconds: 60, drainSeconds: 350 }), 3 * 60 + 350);
    const rest = stepsOf({ ...back, weights: { nodePort: 100, loadBalancer: 0 } });
    assert.equal(waitingSeconds(rest, { ttlSeconds: 60, drainSeconds: 350 }), 60 + 350);
  });
});

describe("where clients come from", () => {
  it("is the other way that has any, or else the first other one", () => {
    assert.equal(originOf({ nodePort: 0, shared: 60, lbc: 40 }, "lbc"), "shared");
    assert.equal(originOf({ nodePort: 0, shared: 0, lbc: 100 }, "lbc"), "nodePort");
    assert.equal(originOf({ lbc: 100 }, "lbc"), undefined);
    assert.equal(originOf({ nodePort: 100, loadBalancer: 0 }, "lbc"), "nodePort");
  });

  it("is refused if clients come from two ways", () => {
    assert.throws(
      () => originOf({ nodePort: 50, loadBalancer: 50 }, "lbc"),
      /^Error: clients are led to nodeport and to loadbalancer; end that move first: npm run move -- --to nodeport/,
    );
  });
});
