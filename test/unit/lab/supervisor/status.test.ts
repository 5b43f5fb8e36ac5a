import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { StatusReport } from "../../../../lab/supervisor/status.ts";
import type { LabStatusFile } from "../../../../lab/supervisor/status.ts";
import { until } from "../../../../lab/until.ts";

describe("the supervisor's report", () => {
  let file = "";
  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), "status-")), "status.json");
  });
  afterEach(() => {
    rmSync(dirname(file), { recursive: true });
  });

  const written = (): LabStatusFile => JSON.parse(readFileSync(file, "utf8")) as LabStatusFile;
  const report = (): StatusReport => new StatusReport(file, () => ({ processes: [], cutNodes: [] }), 20);

  it("names phase, milestones and the reason of a failure", () => {
    const told = report();
    told.done("network");
    told.enter("failed", "no room");
    const { phase, reason, milestones } = written();
    assert.deepEqual([phase, reason, milestones.map(({ name }) => name)], ["failed", "no room", ["network"]]);
  });

  it("that cannot be written ends nothing, and is written as soon as it can", async () => {
    // What stands in a file's place keeps it from being written, as a full disk does.
    mkdirSync(file);
    const told = report();
    told.enter("ready");
    assert.deepEqual(readdirSync(dirname(file)), ["status.json"]);
    rmSync(file, { recursive: true });
    await until("the report", () => Promise.resolve(existsSync(file)), 10_000);
    assert.equal(written().phase, "ready");
  });
});
