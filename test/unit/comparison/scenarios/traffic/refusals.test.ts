import assert from "node:assert/strict";
import { refusalsAmong } from "../../../../../comparison/scenarios/traffic/refusals.ts";
import { answered, lost } from "../samples.ts";

describe("refusals", () => {
  it("are resets and unreachable ports, not silence", () => {
    const { percent, p50Milliseconds } = refusalsAmong([
      lost("a", 1, "ECONNREFUSED", 3),
      lost("a", 2, "ECONNRESET", 5),
      lost("a", 3),
      answered("a", 4),
    ]);
    assert.equal(percent, 50);
    assert.equal(p50Milliseconds, 5);
  });

  it("are none of nothing", () => {
    assert.equal(refusalsAmong([]).percent, 0);
    assert.ok(Number.isNaN(refusalsAmong([]).p50Milliseconds));
  });
});
