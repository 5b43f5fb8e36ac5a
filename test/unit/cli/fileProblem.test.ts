import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileProblem } from "../../../cli/fileProblem.ts";

describe("what is wrong with a file that an option names", () => {
  const problem = (file: string, use: (file: string) => unknown = readFileSync): string => {
    try {
      use(file);
    } catch (error) {
      return fileProblem("--file", file, error);
    }
    return assert.fail("nothing is wrong");
  };

  it("is said without the words of the system", () => {
    const nowhere = join(import.meta.dirname, "nowhere");
    assert.equal(problem(nowhere), `--file ${nowhere} does not exist`);
    assert.equal(problem(tmpdir()), `--file ${tmpdir()} is a directory; name a file in it`);
    assert.equal(
      problem(join(import.meta.filename, "a")),
      `--file ${import.meta.filename}/a does not exist: a part of the path is a file`,
    );
    assert.match(
      problem(tmpdir(), (file) => writeFileSync(file, "")),
      /is a directory/,
    );
  });

  it("is said as it is if it is none of the usual things", () => {
    assert.equal(fileProblem("--html", "a", new Error("odd")), "--html a cannot be used: odd");
  });
});
