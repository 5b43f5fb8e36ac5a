import assert from "node:assert/strict";
import { hasColour } from "../../../cli/colour.ts";

describe("colour", () => {
  it("is used on terminals", () => {
    assert.equal(hasColour({ isTTY: true }, {}), true);
    // Node leaves isTTY undefined for a file or a pipe.
    assert.equal(hasColour({}, {}), false);
  });

  it("is not used if NO_COLOR is set to anything", () => {
    assert.equal(hasColour({ isTTY: true }, { NO_COLOR: "1" }), false);
    assert.equal(hasColour({ isTTY: true }, { NO_COLOR: "0" }), false);
    assert.equal(hasColour({ isTTY: true }, { NO_COLOR: "" }), true);
  });
});
