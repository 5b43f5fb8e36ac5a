import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { withReasons } from "../../../cli/waitingReport.ts";

const never = new AbortController().signal;

/** Runs a deployment that takes a moment. */
async function run(reasons: () => Promise<string[]>, end: () => string, signal = never) {
  const reported: string[] = [];
  const report = (line: string): void => void reported.push(line);
  const waiting = { reasons, report, signal, pauseSeconds: 0.005 };
  const result = withReasons(waiting, async (now) => {
    now("1 of 2 resources");
    await setTimeout(50);
    return end();
  });
  return { result: await result.catch((error: unknown) => error), reported };
}

const fails = (): never => {
  throw new Error("timed out");
};

describe("a deployment that waits", () => {
  it("shows the reasons beside its progress", async () => {
    const { result, reported } = await run(
      () => Promise.resolve(["web: refused"]),
      () => "deployed",
    );
    assert.equal(result, "deployed");
    assert.equal(reported[0], "1 of 2 resources");
    assert.equal(reported.at(-1), "1 of 2 resources; web: refused");
  });

  it("has the reasons in its error", async () => {
    const { result } = await run(() => Promise.resolve(["web: refused"]), fails);
    assert.equal((result as Error).message, "timed out\nweb: refused");
  });

  it("keeps its own error if the reasons cannot be read", async () => {
    const { result, reported } = await run(() => Promise.reject(new Error("no connection")), fails);
    assert.equal((result as Error).message, "timed out");
    assert.deepEqual(reported, ["1 of 2 resources"]);
  });

  it("asks for no reasons after Ctrl-C", async () => {
    let asked = 0;
    const waiting = {
      reasons: () => Promise.resolve([String(++asked)]),
      report: () => undefined,
      signal: AbortSignal.abort(),
    };
    await assert.rejects(
      withReasons(waiting, () => Promise.reject(new Error("stopped"))),
      /^Error: stopped$/,
    );
    assert.equal(asked, 0);
  });
});
