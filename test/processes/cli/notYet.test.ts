import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const checkout = join(import.meta.dirname, "../../..");

describe("a command that needs scenarios, for a cloud that plays none", function () {
  // A busy machine loads the modules slowly.
  this.timeout(120_000);

  it("says so and what works instead, before it asks for a lab", () => {
    const words = ["loading/run.mjs", "cli/verify.ts", "--stack", "openstack"];
    const { status, stderr } = spawnSync(process.execPath, words, { cwd: checkout, encoding: "utf8" });
    assert.match(stderr, /^error: Playing scenarios is not possible on OpenStack yet\. What works: /m);
    assert.equal(status, 2);
  });
});
