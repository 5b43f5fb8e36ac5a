import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  checkFormats,
  formatOptions,
  formatRows,
  isForPrograms,
  writeReports,
} from "../../../cli/showComparison.ts";
import { equivalent } from "../comparison/report/example.ts";

describe("the formats on the command line", () => {
  it("are an option each, with a file where one is written", () => {
    const boolean = { type: "boolean" };
    const string = { type: "string" };
    assert.deepEqual(formatOptions, { json: boolean, markdown: boolean, html: string, picture: string });
    assert.deepEqual(
      formatRows.map(([term]) => term),
      ["--json", "--markdown", "--html FILE", "--picture FILE"],
    );
  });

  it("replace the terminal's report if they are printed, and only then", () => {
    assert.equal(isForPrograms({ json: true }), true);
    assert.equal(isForPrograms({ markdown: true }), true);
    assert.equal(isForPrograms({ html: "a.html", json: false }), false);
  });

  it("are refused if two would be printed, before anything is done", () => {
    assert.throws(() => checkFormats({ json: true, markdown: true }), {
      message: "--json and --markdown each print to the standard output; give only one of them",
    });
    checkFormats({ json: true, html: "a.html", picture: "a.svg" });
  });

  it("are written to their files, in folders that need not exist", async function () {
    // Graphviz is loaded with the first drawing.
    this.timeout(20_000);
    const directory = mkdtempSync(join(tmpdir(), "formats-test-"));
    try {
      await writeReports(equivalent, { picture: join(directory, "new/folder/picture.svg"), html: undefined });
      assert.deepEqual(readdirSync(directory), ["new"]);
      assert.match(readFileSync(join(directory, "new/folder/picture.svg"), "utf8"), /^<svg /);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
