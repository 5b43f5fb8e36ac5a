import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { until } from "../../../lab/until.ts";

describe("waiting", () => {
  const realNow = Date.now;
  const day = 86_400_000;
  /** Sets this process's clock. */
  const jump = (milliseconds: number): void => {
    Date.now = () => realNow() + milliseconds;
  };
  afterEach(() => {
    Date.now = realNow;
  });

  it("ends when the time is up, naming the subject and the duration", async () => {
    await assert.rejects(
      until("the moon", () => false, 100, { pauseMs: 5 }),
      { name: "TimeoutError", message: "timed out after 0.1 s waiting for the moon" },
    );
  });

  it("does not end early when the clock is set forward meanwhile", async () => {
    let asked = 0;
    const check = (): Promise<boolean> => {
      jump(day);
      return Promise.resolve((asked += 1) === 3);
    };
    await until("the third time", check, 5_000, { pauseMs: 5 });
  });

  it("does not take longer when the clock is set back meanwhile", async () => {
    const check = (): Promise<boolean> => {
      jump(-day);
      return Promise.resolve(false);
    };
    await assert.rejects(until("never", check, 50, { pauseMs: 5 }));
  });

  it("returns what the attempt returned", async () => {
    const answers = [undefined, false, 0];
    assert.equal(await until("a number", () => answers.shift(), 5_000, { pauseMs: 1 }), 0);
  });

  it("ends when it is interrupted, after one more attempt", async () => {
    const stop = new AbortController();
    let asked = 0;
    const attempt = (): boolean => {
      asked += 1;
      setTimeout(() => stop.abort(new Error("Ctrl-C")), 5);
      return false;
    };
    await assert.rejects(until("never", attempt, 60_000, { pauseMs: 30_000, signal: stop.signal }), {
      message: "Ctrl-C",
    });
    assert.equal(asked, 2);
  });

  it("pauses longer from attempt to attempt, up to a limit", async () => {
    const at: number[] = [];
    await until("five attempts", () => at.push(performance.now()) === 5, 5_000, {
      pauseMs: 10,
      longestPauseMs: 20,
    });
    const pauses = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    assert.ok((pauses[3] ?? 0) >= 19 && (pauses[0] ?? 0) < (pauses[3] ?? 0) + 10, pauses.join());
  });
});
