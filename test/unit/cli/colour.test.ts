import assert from "node:assert/strict";
import { hasColour } from "../../../cli/colour.ts";

describe("colour", () => {
  it("is for terminals", () => {
    assert.equal(hasColour({ isTTY: true }, {}), true);
    // Of a file or a pipe Node says nothing.
    assert.equal(hasColour({}, {}), false);
  });

  it("is not for who sets NO_COLOR to anything", () => {
    assert.equal(hasColour({ isTTY: true }, { NO_COLOR: "1" }), false);
    assert.equal(hasColour({ isTTY: true }, { NO_COLOR: "0" }), false);
    assert.equal(hasColour({ isTTY: true }, { NO_COLOR: "" }), true);
  });
});
