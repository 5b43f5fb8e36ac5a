import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { cutRules, mendRules } from "../../../../lab/network/cut.ts";

describe("a cut link", () => {
  it("loses what comes in by its device, and says nothing", () => {
    const rules = cutRules("node-a");
    assert.match(rules, /iifname "node-a" drop/);
    assert.doesNotMatch(rules, /reject|accept\s*$/m);
  });

  it("is mended by taking away what cut it, and no more", () => {
    assert.deepEqual(mendRules("eth0").trim().split("\n"), [
      "add table ip lab-cut-eth0",
      "delete table ip lab-cut-eth0",
    ]);
    assert.match(cutRules("eth0"), /^table ip lab-cut-eth0 \{$/m);
  });
});
