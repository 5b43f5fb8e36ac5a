import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const complaint = createRequire(import.meta.url)("../../../cli/node-version.cjs") as (
  version: string,
) => string | undefined;

describe("the check of Node's version", () => {
  for (const version of ["20.19.0", "20.20.2", "22.1.0", "100.0.0"]) {
    it(`accepts ${version}`, () => assert.equal(complaint(version), undefined));
  }

  for (const version of ["20.18.3", "18.20.0", "9.11.2", "0.12.0"]) {
    it(`refuses ${version}, naming it and what is needed`, () => {
      assert.match(
        complaint(version) ?? "",
        new RegExp(`this is Node ${version}, and Node 20.19.0 or newer is needed`),
      );
    });
  }

  it("prints nothing on this Node, by itself and before a command", () => {
    const version = "cli/node-version.cjs";
    for (const args of [[version], ["--require", `./${version}`, "--eval", ""]])
      assert.equal(execFileSync(process.execPath, args, { encoding: "utf8" }), "");
  });

  it("ends what it is loaded before, on a Node that is too old", () => {
    const old = `Object.defineProperty(process, "versions", { value: { node: "18.20.0" } });`;
    const code = `${old} require("./cli/node-version.cjs"); console.log("it runs");`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--eval", code], { encoding: "utf8" });
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(
      stderr,
      /^error: this is Node 18\.20\.0, and Node 20\.19\.0 or newer is needed\.\nGet it from /,
    );
  });
});
