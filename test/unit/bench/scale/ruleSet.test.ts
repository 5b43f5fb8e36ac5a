import assert from "node:assert/strict";
import { sizeOf } from "../../../../bench/scale/ruleSet.ts";

describe("the size of a rule set", () => {
  it("is the number of its rules and of the elements of its maps and sets", () => {
    const listing = JSON.stringify({
      nftables: [
        { metainfo: { version: "1.0.6" } },
        { table: { family: "ip", name: "nlb" } },
        { chain: { name: "lose" } },
        { set: { name: "addresses", elem: ["198.18.0.1", "198.18.0.2"] } },
        { map: { name: "listeners", elem: [["a", 1]] } },
        { map: { name: "empty" } },
        { rule: { chain: "lose", expr: [{ drop: null }] } },
      ],
    });
    assert.deepEqual(sizeOf(listing), { rules: 1, elements: 3 });
  });
});
