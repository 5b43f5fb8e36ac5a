import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { Supervisor } from "../../../../lab/supervisor/supervisor.ts";

describe("the supervisor's processes", () => {
  let directory = "";
  let supervisor: Supervisor;
  /** The names that there were at each change. */
  let seen: string[][] = [];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "supervisor-"));
    seen = [];
    supervisor = new Supervisor(directory, () => {
      seen.push(supervisor.statuses.map(({ name }) => name));
    });
    for (const name of ["one", "two"]) supervisor.start(name, { program: "sleep", args: ["60"] });
  });
  afterEach(async () => {
    await supervisor.stop();
    rmSync(directory, { recursive: true });
  });

  it("are reported as soon as they start, including the last one", () => {
    assert.deepEqual(seen.at(-1), ["one", "two"]);
  });

  it("are found by name; an unknown name is an error that lists the names", () => {
    assert.equal(supervisor.process("two").status.name, "two");
    assert.throws(
      () => supervisor.process("three"),
      /^Error: there is no process "three"; there are one, two$/,
    );
  });

  it("are stopped and forgotten when they are removed", async () => {
    const one = supervisor.process("one");
    await supervisor.remove(["one", "never there"]);
    assert.equal(one.status.pid, undefined);
    assert.deepEqual(seen.at(-1), ["two"]);
  });
});
