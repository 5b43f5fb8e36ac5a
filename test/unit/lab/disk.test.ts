import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  buildSpace,
  firstStartBytes,
  freeBytes,
  fullDisk,
  labSpace,
  laterStartBytes,
  requireSpace,
  saysDiskFull,
  tooLittleSpace,
} from "../../../lab/disk.ts";
import { labFiles } from "../../../lab/files.ts";
import { CommandError } from "../../../lab/tools/command.ts";

describe("disk space", () => {
  it("must suffice for a start: the error names the directory, the needed and the free space, and the remedy", () => {
    const need = { ...labSpace("/project/.lab"), neededBytes: 300e6 };
    assert.throws(() => requireSpace(need, 12_345_678), {
      name: "DiskFullError",
      message:
        "too little disk space in /project/.lab: the lab needs 300 MB there, and 12 MB are free. " +
        "Free some space, or move the checkout to a larger disk.",
    });
    requireSpace(need, 300e6);
  });

  it("must suffice for the build", () => {
    assert.throws(() => requireSpace(buildSpace("/cache"), 1.26e9), {
      name: "DiskFullError",
      message:
        "too little disk space in /cache: building the lab's programs temporarily needs 8.0 GB there, and 1.2 GB are free. " +
        "Free some space, or set XDG_CACHE_HOME to a directory on a larger disk.",
    });
    requireSpace(buildSpace("/cache"), 8e9);
  });

  it("is needed less by a lab that has been started before", () => {
    const directory = mkdtempSync(join(tmpdir(), "disk-"));
    try {
      assert.equal(labSpace(directory).neededBytes, firstStartBytes);
      mkdirSync(labFiles(directory).state);
      assert.equal(labSpace(directory).neededBytes, laterStartBytes);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it("is measured in the directory, or in the one that will contain it", () => {
    assert.ok(freeBytes("/") > 0);
    assert.equal(freeBytes("/proc/no/such/directory"), 0);
    assert.match(tooLittleSpace(labSpace("/proc/no/such")) ?? "", /needs 300 MB there, and 0 MB are free/);
  });

  it("counts as used up when hardly anything fits", () => {
    assert.match(
      fullDisk("/project/.lab", 0) ?? "",
      /\/project\/\.lab is full, 0 MB are free: free some space/,
    );
    assert.equal(fullDisk("/project/.lab", 64e6), undefined);
  });

  it("that is used up is recognised as the cause of a failed command, and nothing else is", () => {
    const ended = (output: string) => new CommandError("go build", "exit status 1", output);
    assert.equal(saysDiskFull(ended("write /c/b001/_pkg_.a: no space left on device")), true);
    assert.equal(saysDiskFull(ended("OSError: [Errno 28] No space left on device")), true);
    assert.equal(saysDiskFull(Object.assign(new Error("write"), { code: "ENOSPC" })), true);
    assert.equal(saysDiskFull(ended("undefined: x")), false);
    assert.equal(saysDiskFull(undefined), false);
  });
});
