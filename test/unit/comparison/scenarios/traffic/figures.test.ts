import assert from "node:assert/strict";
import { longestPauseSeconds } from "../../../../../comparison/scenarios/traffic/figures.ts";
import { answered } from "../samples.ts";

describe("the longest pause between requests", () => {
  it("is that of one load, whatever the others do and in whatever order answers came", () => {
    const samples = [answered("a", 3000), answered("a", 1000), answered("b", 2000), answered("b", 2500)];
    assert.equal(longestPauseSeconds(samples), 2);
  });

  it("is none before a second request", () => {
    assert.equal(longestPauseSeconds([answered("a", 1000), answered("b", 9000)]), 0);
  });
});
