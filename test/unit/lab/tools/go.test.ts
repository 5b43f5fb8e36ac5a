import assert from "node:assert/strict";
import { garbageCollection } from "../../../../lab/tools/go.ts";

describe("the garbage collection of Go's compiler", () => {
  it("is the usual one with little memory", () => {
    assert.deepEqual(garbageCollection(8e9, 2), {});
  });

  it("is rarer with plenty of memory, shared by many processors", () => {
    assert.deepEqual(garbageCollection(16e9, 8), { GOGC: "400" });
  });

  it("waits for a third of a processor's share, where that is much", () => {
    assert.deepEqual(garbageCollection(24e9, 2), { GOGC: "off", GOMEMLIMIT: "4000000000" });
  });
});
