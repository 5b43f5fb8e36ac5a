import assert from "node:assert/strict";
import { repairs } from "../../../../comparison/scenarios/repair.ts";
import type { Means } from "../../../../comparison/scenarios/repair.ts";
import { VirtualClock } from "./simulation/clock.ts";

function means(name: string, act: () => void = () => undefined): Means {
  return {
    name,
    act: () => {
      act();
      return Promise.resolve();
    },
    graceSeconds: 0,
  };
}

describe("who brings back what was taken away", () => {
  it("is the first means that restores it, for each thing by itself", async () => {
    const there = new Set<string>();
    const found = await repairs(
      {
        listener: () => Promise.resolve(there.has("listener")),
        rule: () => Promise.resolve(there.has("rule")),
      },
      [means("nobody"), means("up", () => there.add("rule")), means("refresh", () => there.add("listener"))],
      VirtualClock.restless(),
    );
    assert.equal(found.rule.by, "up");
    assert.equal(found.listener.by, "refresh");
  });

  it("is not looked for once everything is back", async () => {
    let tried = 0;
    const act = (): void => void (tried += 1);
    await repairs(
      { rule: () => Promise.resolve(tried > 0) },
      [means("up", act), means("refresh", act)],
      VirtualClock.restless(),
    );
    assert.equal(tried, 1);
  });

  it("may need some time after the means was used", async () => {
    const clock = VirtualClock.restless();
    let there = false;
    const slow: Means = {
      ...means("a change", () => void clock.sleep(0.25).then(() => (there = true))),
      graceSeconds: 5,
    };
    const { rule } = await repairs({ rule: () => Promise.resolve(there) }, [slow], clock);
    assert.deepEqual(rule, { by: "a change", seconds: 0.3 });
  });

  it("has no author if the object stays away; a check that throws does not count", async () => {
    const { rule } = await repairs(
      { rule: () => Promise.reject(new Error("down")) },
      [means("up")],
      VirtualClock.restless(),
    );
    assert.deepEqual(rule, { by: "nothing that was tried", seconds: Number.NaN });
  });

  it("is an error if a means fails", async () => {
    const failing: Means = { ...means("up"), act: () => Promise.reject(new Error("no such stack")) };
    await assert.rejects(
      repairs({ rule: () => Promise.resolve(false) }, [failing], VirtualClock.restless()),
      /no such stack/,
    );
  });
});
