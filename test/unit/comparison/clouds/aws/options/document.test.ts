import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { optionsDocument } from "../../../../../../comparison/clouds/aws/options/document.ts";
import { support } from "../../../../../../components/aws/support.ts";

describe("docs/options.md", () => {
  it("is what npm run options writes", () => {
    const page = join(import.meta.dirname, "../../../../../../docs/options.md");
    assert.equal(readFileSync(page, "utf8"), optionsDocument());
  });

  it("has a row for every option", () => {
    const page = optionsDocument();
    assert.deepEqual(
      Object.keys(support).filter((name) => !page.includes(`| \`${name}\``)),
      [],
    );
  });
});
