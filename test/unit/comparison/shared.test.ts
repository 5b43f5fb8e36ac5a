import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { shared } from "../../../comparison/shared.ts";

describe("a shared look-up", () => {
  it("is made once for all who ask while it is under way, and anew for who asks later", async () => {
    let made = 0;
    const lookUp = shared(async () => {
      made += 1;
      const own = made;
      await sleep(1);
      return own;
    });
    assert.deepEqual(await Promise.all([lookUp(), lookUp(), lookUp()]), [1, 1, 1]);
    assert.equal(await lookUp(), 2);
  });

  it("fails for all who ask, and is made anew afterwards", async () => {
    const answers = [() => Promise.reject(new Error("down")), () => Promise.resolve("up")];
    const lookUp = shared<string>(() => (answers.shift() ?? assert.fail())());
    const failed = await Promise.allSettled([lookUp(), lookUp()]);
    assert.deepEqual(
      failed.map(({ status }) => status),
      ["rejected", "rejected"],
    );
    assert.equal(await lookUp(), "up");
  });
});
