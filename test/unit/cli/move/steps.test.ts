import assert from "node:assert/strict";
import { shareOf, stepsOf, waitingSeconds, weightsFor } from "../../../../cli/move/steps.ts";
import type { Move, Step } from "../../../../cli/move/steps.ts";

const shares = [10, 50, 100];

/** Shares of the target in percent; `compare`, `wait` and `drain` by their names. */
function taken(nodePort: number, loadBalancer: number, changes: Partial<Move> = {}): (string | number)[] {
  const move: Move = { to: "loadBalancer", weights: { nodePort, loadBalancer }, shares, ...changes };
  return stepsOf(move).map((step) =>
    step.kind === "lead"
      ? shareOf(step.weights, move.to)
      : step.kind === "drain"
        ? `drain ${step.way}`
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

  it("ends with the same records from wherever it starts", () => {
    for (let nodePort = 0; nodePort <= 255; nodePort += 5)
      for (let loadBalancer = 0; loadBalancer <= 255; loadBalancer += 5)
        for (const to of ["nodePort", "loadBalancer"] as const) {
          const steps = stepsOf({ to, weights: { nodePort, loadBalancer }, shares });
          const last = steps.findLast((step) => step.kind === "lead");
          const end = last?.weights ?? { nodePort, loadBalancer };
          assert.equal(shareOf(end, to), 100, `${nodePort} ${loadBalancer} ${to}`);
          assert.equal(steps.at(-1)?.kind, "drain");
        }
  });
});

describe("the waits of a move", () => {
  it("are the time to live after each change, and the drain", () => {
    const steps: Step[] = stepsOf({ to: "nodePort", weights: weightsFor("nodePort", 0), shares });
    assert.equal(waitingSeconds(steps, { ttlSeconds: 60, drainSeconds: 350 }), 3 * 60 + 350);
    const rest = stepsOf({ to: "nodePort", weights: weightsFor("nodePort", 100), shares });
    assert.equal(waitingSeconds(rest, { ttlSeconds: 60, drainSeconds: 350 }), 60 + 350);
  });
});
