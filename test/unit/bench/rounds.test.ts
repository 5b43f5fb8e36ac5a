import assert from "node:assert/strict";
import { inOrder, inTurns } from "../../../bench/rounds.ts";

describe("turns", () => {
  it("start with another contender every two rounds, and are reversed in every second round", () => {
    const order = [0, 1, 2, 3, 6].map((round) => inOrder(["a", "b", "c"], round).join(""));
    assert.deepEqual(order, ["abc", "cba", "bca", "acb", "abc"]);
  });

  it("measure every contender once per round, and report progress", async () => {
    const measured: string[] = [];
    const lines: string[] = [];
    const contender = (name: string) => ({
      name,
      measure: () => Promise.resolve(measured.push(name)),
    });
    const results = await inTurns([contender("a"), contender("b")], {
      rounds: 2,
      signal: new AbortController().signal,
      report: (line) => lines.push(line),
    });
    assert.deepEqual(measured, ["a", "b", "b", "a"]);
    assert.deepEqual(
      [...results],
      [
        ["a", [1, 4]],
        ["b", [2, 3]],
      ],
    );
    assert.deepEqual(lines, [
      "0 of 4 measured; round 1 of 2: a",
      "1 of 4 measured; round 1 of 2: b",
      "2 of 4 measured; round 2 of 2: b",
      "3 of 4 measured; round 2 of 2: a",
    ]);
  });

  it("end when they are stopped", async () => {
    const stop = new AbortController();
    const contender = {
      name: "a",
      measure: () => {
        stop.abort();
        return Promise.resolve(1);
      },
    };
    await assert.rejects(
      inTurns([contender], { rounds: 2, signal: stop.signal, report: () => undefined }),
      /abort/i,
    );
  });
});
