import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fidelityDocument } from "../../../../lab/fidelity/markdown.ts";
import { behaviours as fidelity } from "../../../../lab/clouds/aws/fidelity/table.ts";
import { limitsOfLab } from "../../../../lab/fidelity/table.ts";

describe("the table of imitated behaviours", () => {
  for (const { name, shownBy } of fidelity) {
    it(`names tests that exist: ${name}`, () => {
      for (const [file, titles] of Object.entries(shownBy)) {
        const text = readFileSync(file, "utf8");
        for (const title of titles)
          assert.ok(text.includes(`it(${JSON.stringify(title)}`), `${file} has no test “${title}”`);
      }
    });
  }

  it("shows every behaviour by a test, or says that it cannot", () => {
    const unfounded = fidelity.filter(
      ({ shownBy, limit }) => Object.keys(shownBy).length === 0 && limit === undefined,
    );
    assert.deepEqual(unfounded, []);
  });

  it("has AWS's documentation as the source of every behaviour", () => {
    for (const { source } of fidelity) assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\//);
  });

  it("breaks no cell of a Markdown table", () => {
    for (const { documented, lab, limit } of fidelity)
      assert.doesNotMatch([documented, lab, limit?.text].join(), /[|\n]/);
  });

  it("tells the reports in one sentence each what it cannot show", async () => {
    const limits = await limitsOfLab();
    assert.equal(limits.length, fidelity.filter(({ limit }) => limit !== undefined).length);
    for (const sentence of limits) assert.match(sentence, /^.{10,130}\.$/);
  });
});

describe("docs/fidelity.md", () => {
  it("is made from the table: run npm run fidelity", () => {
    assert.equal(readFileSync("docs/fidelity.md", "utf8"), fidelityDocument(fidelity));
  });
});
