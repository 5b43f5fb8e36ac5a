import assert from "node:assert/strict";
import { PackageCounter } from "../../../../lab/tools/progress.ts";

describe("tools: counting packages", () => {
  it("counts each package once, however often it is named or compiled", () => {
    const counter = new PackageCounter(["fmt", "net", "fmt", "os"]);
    assert.equal(counter.total, 3);
    assert.deepEqual(
      ["net", "net", "fmt"].map((line) => counter.compiled(line)),
      [true, false, true],
    );
    assert.equal(counter.done, 2);
  });

  it("ignores lines that name no package", () => {
    const counter = new PackageCounter(["fmt"]);
    assert.equal(counter.compiled("go: downloading k8s.io/api v0.35.4"), false);
    assert.equal(counter.compiled("# fmt"), false);
    assert.equal(counter.done, 0);
  });

  it("goes on where an interrupted build was", () => {
    const counter = new PackageCounter(["fmt", "net", "os"], ["fmt", "of an older build", ""]);
    assert.deepEqual([counter.done, counter.total], [1, 3]);
  });

  it("counts what was found in Go's cache once its program is built", () => {
    const counter = new PackageCounter(["fmt", "net", "os"]);
    counter.compiled("fmt");
    counter.finish(["fmt", "net"]);
    assert.equal(counter.done, 2);
  });
});
