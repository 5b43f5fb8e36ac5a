import assert from "node:assert/strict";
import { lastLossSeconds } from "../../../../../comparison/scenarios/traffic/moments.ts";
import { answered, lost } from "../samples.ts";

describe("the last loss", () => {
  it("counts from a moment, and is none before it", () => {
    assert.equal(lastLossSeconds([lost("a", 1500), lost("a", 4000), answered("a", 9000)], 1000), 3);
    assert.equal(lastLossSeconds([lost("a", 500)], 1000), 0);
    assert.equal(lastLossSeconds([], 1000), 0);
  });
});
