import assert from "node:assert/strict";
import { CommandError } from "../../../../lab/tools/command.ts";
import { DiskFullError, freeBytes, requireSpace, saysDiskFull } from "../../../../lab/tools/disk.ts";

describe("tools: disk space", () => {
  it("is asked for before the build, naming the path, what is needed and what is free", async () => {
    await assert.rejects(
      requireSpace("/cache", 6e9, () => Promise.resolve(1.26e9)),
      {
        name: "DiskFullError",
        message:
          "too little disk space in /cache: building the lab's tools needs 6.0 GB for a while, and 1.3 GB are free. " +
          "Free some space, or set XDG_CACHE_HOME to a directory on a larger disk.",
      },
    );
    await requireSpace("/cache", 6e9, () => Promise.resolve(6e9));
  });

  it("is measured on the path's file system", async () => {
    assert.ok((await freeBytes("/")) > 0);
    assert.equal(await freeBytes("/proc"), 0);
    await assert.rejects(requireSpace("/proc", 1), DiskFullError);
  });

  it("is recognised as what ended a command, and nothing else is", () => {
    const ended = (output: string) => new CommandError("go build", "exit status 1", output);
    assert.equal(saysDiskFull(ended("write /c/b001/_pkg_.a: no space left on device")), true);
    assert.equal(saysDiskFull(ended("OSError: [Errno 28] No space left on device")), true);
    assert.equal(saysDiskFull(Object.assign(new Error("write"), { code: "ENOSPC" })), true);
    assert.equal(saysDiskFull(ended("undefined: x")), false);
    assert.equal(saysDiskFull(undefined), false);
  });
});
