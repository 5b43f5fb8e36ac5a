import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { optionsDocument } from "../../../../../../comparison/clouds/aws/options/document.ts";
import { seen } from "../../../../../../comparison/clouds/aws/options/seen.ts";
import { scenarios } from "../../../../../../comparison/scenarios/catalogue.ts";
import { support, supportByGroup } from "../../../../../../components/aws/support.ts";

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

describe("where traffic shows an option", () => {
  it("is known of every row of the table", () => {
    const rows = Object.values(supportByGroup).flatMap((group) => Object.keys(group));
    assert.deepEqual(Object.keys(seen).sort(), rows.sort());
  });

  for (const [option, where] of Object.entries(seen)) {
    if ("scenario" in where)
      it(`is a scenario that exists: ${option}`, () => {
        assert.ok(
          scenarios.some(({ id }) => id === where.scenario),
          where.scenario,
        );
      });
    if ("test" in where)
      it(`is a test that exists: ${option}`, () => {
        const text = readFileSync(where.test, "utf8");
        assert.ok(text.includes(`it(${JSON.stringify(where.title)}`), `${where.test}: ${where.title}`);
      });
  }
});
