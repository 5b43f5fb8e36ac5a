import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { checkout } from "../../../../cli/devLab.ts";
import {
  testbedKey,
  testbedSources,
  forgetTestbed,
  readTestbedRecord,
  writeTestbedRecord,
} from "../../../../cli/verify/testbedRecord.ts";
import type { TestbedRecord } from "../../../../cli/verify/testbedRecord.ts";

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

describe("the key of the scenarios' testbed", () => {
  it("is of every module that its program is made of", () => {
    const entries = ["comparison/scenarios/testbed/program.ts", "comparison/clouds/aws/testbed/testbed.ts"];
    const modules = entries
      .flatMap((entry) => [...modulesOf(join(checkout, entry))])
      .map((file) => relative(checkout, file));
    assert.ok(modules.includes("components/aws/nodePortExposure.ts"), modules.join(" "));
    assert.deepEqual(
      modules.filter((file) => !testbedSources("aws").some((source) => file.startsWith(`${source}/`))),
      [],
    );
  });

  it("changes with what else is given, and with nothing else", () => {
    assert.equal(testbedKey("aws", ["dev"]), testbedKey("aws", ["dev"]));
    assert.notEqual(testbedKey("aws", ["dev"]), testbedKey("aws", ["other"]));
  });
});

describe("the record of the scenarios' testbed", () => {
  let directory = "";
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "testbed-"))));
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it("is there until it is forgotten", () => {
    const record = { key: "k", lab: 7, targets: {} } as unknown as TestbedRecord;
    assert.equal(readTestbedRecord(directory), undefined);
    writeTestbedRecord(directory, record);
    assert.deepEqual(readTestbedRecord(directory), record);
    forgetTestbed(directory);
    forgetTestbed(directory);
    assert.equal(readTestbedRecord(directory), undefined);
  });
});
