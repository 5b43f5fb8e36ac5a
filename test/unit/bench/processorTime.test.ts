import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { processorSeconds } from "../../../bench/processorTime.ts";

describe("the processor time of a process", () => {
  it("includes that of finished children, in user and system mode", () =>
    assert.equal(
      processorSeconds(() => "42 (a (b) c) S 1 42 42 0 -1 4194304 9 9 9 9 100 20 3000 400 20 0 11 0 1 2 3"),
      35.2,
    ));

  it("grows by a child's time", () => {
    const before = processorSeconds();
    execFileSync("sh", ["-c", "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done"]);
    const taken = processorSeconds() - before;
    assert.ok(taken >= 0.02 && taken < 5, `${taken} s`);
  });
});
