import assert from "node:assert/strict";
import { checkSeveral } from "../../../cli/showSeveral.ts";

describe("the comparison of more than two Services", () => {
  it("is printed for a person, or as JSON", () => {
    checkSeveral({});
    checkSeveral({ json: true });
  });

  for (const [name, value] of Object.entries({
    markdown: true,
    html: "report.html",
    picture: "picture.svg",
    "load-balancer": ["edge", "other"],
  })) {
    it(`has no --${name}, which is for two Services`, () => {
      assert.throws(() => checkSeveral({ [name]: value }), {
        message: `--${name} is for two Services; give two, or leave it out`,
      });
    });
  }
});
