import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { cutRules, mendRules } from "../../../../lab/network/cut.ts";

describe("a cut link", () => {
  it("drops packets that arrive at its device silently", () => {
    const rules = cutRules("node-a");
    assert.match(rules, /iifname "node-a" drop/);
    assert.doesNotMatch(rules, /reject|accept\s*$/m);
  });

  it("is mended by removing only the rules that cut it", () => {
    assert.deepEqual(mendRules("eth0").trim().split("\n"), [
      "add table ip lab-cut-eth0",
      "delete table ip lab-cut-eth0",
    ]);
    assert.match(cutRules("eth0"), /^table ip lab-cut-eth0 \{$/m);
  });
});
