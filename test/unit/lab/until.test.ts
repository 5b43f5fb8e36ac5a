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
      until("the moon", () => false, 20, { pauseMs: 5 }),
      { name: "TimeoutError", message: "timed out after 0.02 s waiting for the moon" },
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
    await assert.rejects(until("never", check, 20, { pauseMs: 5 }));
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

  /** Milliseconds from each of so many attempts to the next. */
  const pausesOf = async (attempts: number, pauseMs: number, longestPauseMs: number): Promise<number[]> => {
    const at: number[] = [];
    const attempt = (): boolean => at.push(performance.now()) === attempts;
    await until("the last attempt", attempt, 10_000, { pauseMs, longestPauseMs });
    return at.slice(1).map((time, index) => time - at[index]!);
  };

  it("pauses longer from attempt to attempt", async () => {
    const pauses = await pausesOf(5, 10, 1_000);
    // 10, 15, 22.5 and 33.75 ms. A timer counts from the event loop's clock, which may be some milliseconds late; without growth there would be 40.
    const total = pauses.reduce((sum, pause) => sum + pause, 0);
    assert.ok(total >= 65, pauses.join());
  });

  it("pauses no longer than it is told", async () => {
    // Without a limit, the pauses would take 13 s.
    assert.equal((await pausesOf(21, 2, 3)).length, 20);
  });
});
