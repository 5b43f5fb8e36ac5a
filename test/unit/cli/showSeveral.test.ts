import assert from "node:assert/strict";
import { checkSeveral } from "../../../cli/showSeveral.ts";

describe("the comparison of more than two Services", () => {
  it("is printed for a person, as JSON or as Markdown, and written as HTML", () => {
    checkSeveral({});
    checkSeveral({ json: true });
    checkSeveral({ markdown: true, html: "report.html" });
  });

  for (const [name, value] of Object.entries({
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
