import assert from "node:assert/strict";
import { throttled } from "../../../cli/progress.ts";

/** What is printed of these lines, each reported at its second. */
function printed(lines: readonly (readonly [second: number, line: string])[]): string[] {
  const shown: string[] = [];
  let second = 0;
  const report = throttled(
    (line) => shown.push(line),
    () => second * 1000,
  );
  for (const [at, line] of lines) {
    second = at;
    report(line);
  }
  return shown;
}

describe("progress where output is not a terminal", () => {
  it("has a line at once, then one every 5 s at most", () => {
    const lines = printed([
      [0, "0 of 16"],
      [1, "1 of 16"],
      [4.9, "2 of 16"],
      [5, "3 of 16"],
      [9, "4 of 16"],
      [11, "5 of 16"],
    ]);
    assert.deepEqual(lines, ["0 of 16", "3 of 16", "5 of 16"]);
  });

  it("does not repeat a line that has not changed", () => {
    const lines = printed([
      [0, "0 of 16"],
      [6, "0 of 16"],
      [12, "0 of 16"],
      [13, "1 of 16"],
      [14, "1 of 16"],
      [19, "0 of 16"],
    ]);
    assert.deepEqual(lines, ["0 of 16", "1 of 16", "0 of 16"]);
  });
});
