import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { idMapText, labOwner, mapsOfRoot, mapsOfUser } from "../../../../lab/keeper/identity.ts";

describe("the lab's ids on the host", () => {
  it("are never the host's root when root starts the lab", () => {
    assert.equal(idMapText(mapsOfRoot), "0 100000 65536");
    assert.equal(labOwner(0), 100_000);
  });

  it("are an ordinary user and its subordinate ids", () => {
    const maps = mapsOfUser(1000, "ana:100000:65536\nben:165536:65536\n", ["ben", "1000"], "/etc/subuid");
    assert.equal(idMapText(maps), "0 1000 1\n1 165536 65535");
    assert.equal(labOwner(1000), 1000);
  });

  it("are found under the user's number too", () => {
    assert.equal(mapsOfUser(1000, "1000:200000:65536", ["ben", "1000"], "/etc/subuid")[1]?.outside, 200_000);
  });

  for (const [text, what] of [
    ["", "nothing"],
    ["ana:100000:65536", "another user"],
    ["ben:100000:1000", "too few ids"],
  ] as const) {
    it(`are refused where the file lists ${what}, with the command that adds them`, () => {
      assert.throws(
        () => mapsOfUser(1000, text, ["ben", "1000"], "/etc/subuid"),
        /\/etc\/subuid lists no 65535.*usermod --add-subuids.* ben$/,
      );
    });
  }
});
