import assert from "node:assert/strict";
import { freeBytes, fullDisk, requireSpace } from "../../../lab/disk.ts";

describe("the lab's disk", () => {
  it("must have room for what a start writes: the error names the place, what is needed, what is free, and the remedy", () => {
    assert.throws(() => requireSpace("/project/.lab", 300e6, 12_345_678), {
      message:
        "too little disk space in /project/.lab: the lab needs 300 MB there, and 12 MB are free. " +
        "Free some space, or move the checkout to a larger disk.",
    });
    requireSpace("/project/.lab", 300e6, 300e6);
  });

  it("is that of the directory, or of the one where it will be made", () => {
    assert.ok(freeBytes("/") > 0);
    assert.equal(freeBytes("/proc/no/such/directory"), 0);
  });

  it("is called full when hardly anything fits", () => {
    assert.match(
      fullDisk("/project/.lab", 0) ?? "",
      /\/project\/\.lab is full, 0 MB are free: free some space/,
    );
    assert.equal(fullDisk("/project/.lab", 64e6), undefined);
  });
});
