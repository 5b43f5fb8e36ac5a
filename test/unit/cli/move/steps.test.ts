import assert from "node:assert/strict";
import { originsOf, shareOf, stepsOf, waitingSeconds } from "../../../../cli/move/steps.ts";
import type { Move, Step } from "../../../../cli/move/steps.ts";

const shares = [10, 50, 100];

/** Shares of the target in percent; `compare`, `wait` and `drain` by their names. */
function taken(nodePort: number, loadBalancer: number, changes: Partial<Move> = {}): (string | number)[] {
  const { to = "loadBalancer" } = changes;
  const weights = { nodePort, loadBalancer };
  const given = { to, weights, shares, removes: false, ...changes };
  const move: Move = { origins: originsOf(given), ...given };
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
    const steps = stepsOf({ to: "lbc", origins: ["nodePort"], weights, shares, removes: true });
    const [provide, last] = [steps[0], steps.at(-1)];
    assert.deepEqual(provide, { kind: "provide", weights: { ...weights, lbc: 0 } });
    assert.deepEqual(last, { kind: "remove", way: "nodePort", weights: { loadBalancer: 0, lbc: 100 } });
  });

  it("makes a way that was removed anew, without clients", () => {
    const weights = { loadBalancer: 100 };
    const steps = stepsOf({ to: "nodePort", origins: ["loadBalancer"], weights, shares, removes: false });
    assert.deepEqual(steps[0], { kind: "provide", weights: { loadBalancer: 100, nodePort: 0 } });
    assert.equal(steps[1]?.kind, "compare");
  });

  it("deploys what is there if there is no other way: a removal may have been killed", () => {
    const weights = { loadBalancer: 100 };
    const move = { to: "loadBalancer", origins: [], weights, shares, removes: true };
    assert.deepEqual(stepsOf(move), [{ kind: "provide", weights }]);
  });

  it("ends with the same records from wherever it starts", () => {
    for (let nodePort = 0; nodePort <= 255; nodePort += 5)
      for (let loadBalancer = 0; loadBalancer <= 255; loadBalancer += 5)
        for (const to of ["nodePort", "loadBalancer"] as const) {
          const weights = { nodePort, loadBalancer };
          const given = { to, weights, shares, removes: false };
          const steps = stepsOf({ ...given, origins: originsOf(given) });
          const last = steps.findLast((step) => step.kind === "lead");
          const end = last?.weights ?? weights;
          assert.equal(shareOf(end, to), 100, `${nodePort} ${loadBalancer} ${to}`);
          assert.equal(steps.at(-1)?.kind, "drain");
        }
  });
});

describe("the waits of a move", () => {
  it("are the time to live after each change, and the drain", () => {
    const back = { to: "nodePort", origins: ["loadBalancer"], shares, removes: false };
    const steps: Step[] = stepsOf({ ...back, weights: { nodePort: 0, loadBalancer: 100 } });
    assert.equal(waitingSeconds(steps, { ttlSeconds: 60, drainSeconds: 350 }), 3 * 60 + 350);
    const rest = stepsOf({ ...back, weights: { nodePort: 100, loadBalancer: 0 } });
    assert.equal(waitingSeconds(rest, { ttlSeconds: 60, drainSeconds: 350 }), 60 + 350);
  });
});

describe("where clients come from", () => {
  const origins = (weights: Move["weights"], to: string, removes = false, named?: string) =>
    originsOf({ weights, to, removes }, named);

  it("is the other way that has any, or else every other one", () => {
    assert.deepEqual(origins({ nodePort: 0, shared: 60, lbc: 40 }, "lbc"), ["shared"]);
    assert.deepEqual(origins({ nodePort: 0, shared: 0, lbc: 100 }, "lbc"), ["nodePort", "shared"]);
    assert.deepEqual(origins({ lbc: 100 }, "lbc"), []);
    assert.deepEqual(origins({ nodePort: 100, loadBalancer: 0 }, "lbc"), ["nodePort"]);
  });

  it("is refused if clients come from two ways", () => {
    assert.throws(
      () => origins({ nodePort: 50, loadBalancer: 50 }, "lbc"),
      /^Error: clients are led to nodeport and to loadbalancer; end that move first: npm run move -- --to nodeport/,
    );
  });

  it("is the way that is named, which has to be one that they can come from", () => {
    assert.deepEqual(
      origins({ nodePort: 0, loadBalancer: 0, shared: 100 }, "shared", false, "loadBalancer"),
      ["loadBalancer"],
    );
    assert.throws(
      () => origins({ nodePort: 0, loadBalancer: 100 }, "shared", false, "nodePort"),
      /^Error: clients are led to loadbalancer, and --from names nodeport; lead them from there: --from loadbalancer$/,
    );
    assert.throws(
      () => origins({ shared: 100 }, "shared", false, "shared"),
      /--from and --to both name shared/,
    );
  });

  it("has to be named for a removal if there are several others, wherever the clients are", () => {
    const several =
      /^Error: there are 2 other ways, and --remove removes one of them; say which: --from nodeport, or --from loadbalancer$/;
    assert.throws(() => origins({ nodePort: 0, loadBalancer: 100 }, "shared", true), several);
    assert.throws(() => origins({ nodePort: 0, loadBalancer: 0, shared: 100 }, "shared", true), several);
    assert.deepEqual(origins({ nodePort: 0, shared: 100 }, "shared", true), ["nodePort"]);
  });
});

describe("a move with a third way", () => {
  const commonOf = (weights: Move["weights"]) => ({ to: "shared", weights, shares, removes: true });
  const steps = (weights: Move["weights"], named?: string): Step[] => {
    const common = commonOf(weights);
    return stepsOf({ ...common, origins: originsOf(common, named) });
  };

  it("removes the way that is named, wherever it was stopped, and never the third one", () => {
    const stops = [
      { nodePort: 0, loadBalancer: 100 },
      { nodePort: 0, loadBalancer: 90, shared: 10 },
      { nodePort: 0, loadBalancer: 0, shared: 100 },
    ];
    for (const weights of stops)
      assert.deepEqual(steps(weights, "loadBalancer").slice(-2), [
        { kind: "drain", way: "loadBalancer" },
        { kind: "remove", way: "loadBalancer", weights: { nodePort: 0, shared: 100 } },
      ]);
    const removed = { nodePort: 0, shared: 100 };
    assert.deepEqual(steps(removed, "loadBalancer"), [{ kind: "provide", weights: removed }]);
  });

  it("drains every way that clients may have come from if none has any", () => {
    const common = { ...commonOf({ nodePort: 0, loadBalancer: 0, shared: 100 }), removes: false };
    assert.deepEqual(
      stepsOf({ ...common, origins: originsOf(common) }).map((step) =>
        "way" in step ? step.way : step.kind,
      ),
      ["provide", "wait", "nodePort", "loadBalancer"],
    );
  });
});
