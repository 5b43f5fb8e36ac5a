import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { allCases } from "../../cases/cases.ts";
import { casesDocument } from "../../cases/document.ts";
import { shortcomings, shortOf } from "../../cases/lab/labCase.ts";
import type { Step } from "../../cases/lab/labCase.ts";
import { labCases } from "../../cases/lab/labCases.ts";
import { recorded } from "../../cases/lab/record.ts";
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

describe("the record of a case on the lab", () => {
  const record = recorded();

  it("is there for each case: run npm run cases -- --lab", () => {
    assert.deepEqual(Object.keys(record).sort(), labCases.map(({ name }) => name).sort());
  });

  for (const { name, steps } of labCases) {
    it(`has what each step of ${name} said, with the right exit code`, () => {
      assert.deepEqual(
        record[name]?.map(({ exit }) => exit),
        steps.map(({ exit }) => exit),
      );
    });
  }
});

describe("a step of a case on the lab", () => {
  const step: Step = {
    does: "It is tried.",
    run: () => Promise.reject(new Error("not here")),
    exit: 1,
    says: ["right", /^good$/m],
    silent: ["wrong"],
  };

  it("has no shortcomings if it says what is right", () => {
    assert.deepEqual(shortcomings(step, { exit: 1, text: "right\ngood", short: "" }), []);
  });

  it("names the exit code, what is missing, and what should not be said", () => {
    assert.deepEqual(shortcomings(step, { exit: 0, text: "right and wrong", short: "" }), [
      "the exit code is 0, not 1",
      "it does not say: /^good$/m",
      "it says: wrong",
    ]);
  });

  it("is shown with its failure, and otherwise with the lines that say what is right", () => {
    const text = "much\n  right so\ngood\n";
    assert.equal(shortOf(step, { exit: 1, text, short: "✖ pulumi up\nerror: no\n" }), "error: no");
    assert.equal(shortOf(step, { exit: 1, text, short: "" }), "right so\ngood");
  });
});

describe("docs/cases.md", () => {
  it("is up to date: run npm run cases", async () => {
    assert.equal(readFileSync("docs/cases.md", "utf8"), await casesDocument());
  });

  it("has a table whose rows can be read, and a section for each row", async () => {
    const text = await casesDocument();
    const rows = [...text.matchAll(/^\| \[(.+)\]\(#([^)]+)\) \| (.+) \| [\d, ]+ \|$/gm)];
    assert.equal(rows.length, allCases().length + labCases.length);
    for (const [, title = "", id = "", right = ""] of rows) {
      assert.ok(text.includes(`### <a id="${id}"></a>${title}\n`), id);
      assert.ok(title.length + right.length <= 300, right);
    }
  });
});
