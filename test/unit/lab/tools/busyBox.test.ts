import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBusyBox, isStatic } from "../../../../lab/tools/busyBox.ts";

/** The start of a program with program headers of these kinds: 1 is loaded, 3 names the dynamic linker. */
function program(...kinds: readonly number[]): Buffer {
  const [header, each] = [64, 56];
  const file = Buffer.alloc(header + each * kinds.length);
  file.write("\x7fELF", "latin1");
  file.writeBigUInt64LE(BigInt(header), 32);
  file.writeUInt16LE(each, 54);
  file.writeUInt16LE(kinds.length, 56);
  for (const [index, kind] of kinds.entries()) file.writeUInt32LE(kind, header + each * index);
  return file;
}

describe("the machine's BusyBox", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "busybox-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it("is static if it names no dynamic linker", () => {
    assert.equal(isStatic(program(1, 1)), true);
    assert.equal(isStatic(program(1, 3)), false);
    assert.equal(isStatic(Buffer.from("#!/bin/sh\n")), false);
  });

  it("is found in the first directory that has one, and identified by its contents", async () => {
    const file = join(directory, "busybox");
    const places = [join(directory, "nowhere"), directory];
    assert.equal(await findBusyBox(places), undefined);
    writeFileSync(file, program(1));
    const found = await findBusyBox(places);
    assert(found !== undefined);
    assert.equal(found.path, file);
    writeFileSync(file, program(1, 1));
    const other = await findBusyBox(places);
    assert.notEqual(other?.key, found.key);
  });

  it("is not used if it is linked dynamically, because images have no libraries", async () => {
    writeFileSync(join(directory, "busybox"), program(1, 3));
    assert.equal(await findBusyBox([directory]), undefined);
  });
});
