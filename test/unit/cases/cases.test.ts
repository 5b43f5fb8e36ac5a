import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { allCases } from "../../cases/cases.ts";
import { casesDocument } from "../../cases/document.ts";
import { run } from "../../cases/run.ts";

describe("a manifest as people have it is judged right", () => {
  for (const each of allCases()) {
    it(`${each.name}: ${each.title}`, async () => {
      const { exit, text } = await run(each);
      assert.equal(exit, each.exit, text);
      for (const wanted of each.says) assert(text.includes(wanted), `it does not say: ${wanted}\n${text}`);
      for (const unwanted of each.silent) assert(!text.includes(unwanted), `it says: ${unwanted}\n${text}`);
    });
  }
});

describe("docs/cases.md", () => {
  it("is up to date: run npm run cases", async () => {
    assert.equal(readFileSync("docs/cases.md", "utf8"), await casesDocument());
  });
});
