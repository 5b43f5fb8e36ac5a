import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { inTurn } from "../../../../../comparison/scenarios/alteration/inTurn.ts";

describe("what happens in turn", () => {
  it("begins when what came before it is over, also if that failed", async () => {
    const turn = inTurn();
    const seen: string[] = [];
    const first = turn(async () => {
      await sleep(10);
      seen.push("first");
      throw new Error("no");
    });
    const second = turn(() => Promise.resolve(seen.push("second")));
    await assert.rejects(first, /no/);
    await second;
    assert.deepEqual(seen, ["first", "second"]);
  });
});
