import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { checkout } from "../../../../cli/devLab.ts";
import {
  bedKey,
  bedSources,
  forgetBed,
  readBedRecord,
  writeBedRecord,
} from "../../../../cli/verify/bedRecord.ts";
import type { BedRecord } from "../../../../cli/verify/bedRecord.ts";

/** The project's own modules that a module needs to run, itself and those that they need. */
function modulesOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, "utf8");
  // What is imported for its type only is gone when it runs.
  for (const [, name = ""] of text.matchAll(/^(?:import|export) (?!type)[^;]*?from "(\.[^"]+)"/gm))
    modulesOf(resolve(dirname(file), name), seen);
  return seen;
}

describe("the key of the scenarios' bed", () => {
  it("is of every module that its program is made of", () => {
    const modules = [...modulesOf(join(checkout, "comparison/scenarios/testbed/program.ts"))].map((file) =>
      relative(checkout, file),
    );
    assert.ok(modules.includes("components/aws/nodePortExposure.ts"), modules.join(" "));
    assert.deepEqual(
      modules.filter((file) => !bedSources.some((source) => file.startsWith(`${source}/`))),
      [],
    );
  });

  it("changes with what else is given, and with nothing else", () => {
    assert.equal(bedKey(["dev"]), bedKey(["dev"]));
    assert.notEqual(bedKey(["dev"]), bedKey(["other"]));
  });
});

describe("the record of the scenarios' bed", () => {
  let directory = "";
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "bed-"))));
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it("is there until it is forgotten", () => {
    const record = { key: "k", lab: 7, targets: {} } as unknown as BedRecord;
    assert.equal(readBedRecord(directory), undefined);
    writeBedRecord(directory, record);
    assert.deepEqual(readBedRecord(directory), record);
    forgetBed(directory);
    forgetBed(directory);
    assert.equal(readBedRecord(directory), undefined);
  });
});
