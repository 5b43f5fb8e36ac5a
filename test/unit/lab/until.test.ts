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

  it("ends when the time is up, naming what was waited for and how long", async () => {
    await assert.rejects(
      until("the moon", () => Promise.resolve(false), 100, 5),
      { message: "the moon: not there after 0.1 s" },
    );
  });

  it("does not end early when the clock is set forward meanwhile", async () => {
    let asked = 0;
    const check = (): Promise<boolean> => {
      jump(day);
      return Promise.resolve((asked += 1) === 3);
    };
    await until("the third time", check, 5_000, 5);
  });

  it("does not take longer when the clock is set back meanwhile", async () => {
    const check = (): Promise<boolean> => {
      jump(-day);
      return Promise.resolve(false);
    };
    await assert.rejects(until("never", check, 50, 5));
  });
});
