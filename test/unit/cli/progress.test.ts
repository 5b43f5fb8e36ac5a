import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { begun, resultsOf, throttled, unseen, within } from "../../../cli/progress.ts";

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

describe("a step", () => {
  it("that has begun before it is shown goes on where it is", async () => {
    const lines: string[] = [];
    const step = begun({
      title: "deploy",
      async run(report) {
        report("not seen yet");
        await sleep(5);
        report("half");
        return 42;
      },
    });
    assert.equal(await step.run((line) => lines.push(line)), 42);
    assert.equal(await step.ended, 42);
    assert.deepEqual(lines, ["half"]);
  });

  it("that fails before it is shown fails when it is shown", async () => {
    const step = begun({ title: "deploy", run: () => Promise.reject(new Error("oh")) });
    await sleep(1);
    await assert.rejects(
      step.run(() => undefined),
      /oh/,
    );
  });

  it("shows its own steps as its lines", async () => {
    const lines: string[] = [];
    const progress = within((line) => lines.push(line));
    await progress.step("look", async (report) => {
      report("at a");
      await sleep(1);
    });
    assert.deepEqual(lines, ["look", "look: at a"]);
  });
});

describe("steps at the same time", () => {
  const steps = [
    { title: "a", run: () => Promise.reject<string>(new Error("no a")) },
    { title: "b", run: () => Promise.resolve("b") },
  ];

  it("each run to their end, and the first failure is the failure of all", async () => {
    const outcomes = await unseen.together(steps);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ["rejected", "fulfilled"],
    );
    assert.throws(() => resultsOf(outcomes), /no a/);
    assert.deepEqual(resultsOf(outcomes.slice(1)), ["b"]);
  });
});
