import assert from "node:assert/strict";
import { eventually } from "../../../comparison/eventually.ts";

describe("eventually", () => {
  /** The times of the checks, in seconds, until so much time has passed. */
  const checksUntil = async (endSeconds: number): Promise<number[]> => {
    let seconds = 0;
    const checks: number[] = [];
    const clock = {
      now: () => seconds * 1000,
      sleep: (pause: number) => Promise.resolve(void (seconds += pause)),
    };
    const check = (): boolean => checks.push(seconds) > 0 && seconds >= endSeconds;
    await eventually("the end", check, 2 * endSeconds, clock);
    return checks;
  };
  const pausesOf = (checks: readonly number[]): number[] =>
    checks.slice(1).map((at, index) => at - checks[index]!);

  it("knows a short wait to a tenth of a second, and any other to 2 %", async () => {
    const checks = await checksUntil(100);
    for (const [index, pause] of pausesOf(checks).entries())
      assert.ok(pause <= Math.max(0.1, checks[index]! * 0.02) + 1e-9, `${pause} s after ${checks[index]} s`);
  });

  it("asks seldom while a wait is long, and at least twice a second", async () => {
    const pauses = pausesOf(await checksUntil(100));
    assert.ok(pauses.length < 350, `${pauses.length} checks in 100 s`);
    assert.ok(Math.max(...pauses) <= 0.5 + 1e-9);
  });
});
