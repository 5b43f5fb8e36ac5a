import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const tests = join(import.meta.dirname, "balancer.py");
const dataPlane = join(import.meta.dirname, "../../../../../lab/clouds/openstack/balancer");

/** Runs tests in Python, which need its standard library only. */
function passes(name: string): void {
  const env = { ...process.env, PYTHONPATH: dataPlane, PYTHONDONTWRITEBYTECODE: "1" };
  const { status, stderr } = spawnSync("python3", [tests, name], { env, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  assert.match(stderr, /^Ran [1-9]/m);
}

describe("the data plane of the lab's OpenStack", function () {
  // A busy machine starts Python slowly.
  this.timeout(60_000);

  it("reloads HAProxy unless this agent knows what it has loaded", () => {
    passes("Reload");
  });
  it("waits for no HAProxy that has ended", () => {
    passes("Start");
  });
  it("starts HAProxy again where it has run, and not at every step", () => {
    passes("Mend");
  });
  it("makes a namespace anew that a killed agent has left half made", () => {
    passes("Namespace");
  });
  it("reads what changes in Octavia's data base, and nothing else", () => {
    passes("Settled");
  });
  it("asks HAProxy for no more connections than it may open files for", () => {
    passes("Connections");
  });
});
