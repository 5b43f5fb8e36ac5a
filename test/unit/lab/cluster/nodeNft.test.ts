import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nftInParts, standardPath } from "../../../../lab/cluster/nodeNft.ts";

describe("a node's nft", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "node-nft-test-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Keeps what it gets, and is refused what the kernel would call too long. */
  const kernel = (most: number): void => {
    const script = `#!/bin/sh
[ "$1" = -f ] || { echo "nft $*"; exit 0; }
grep -q nonsense "$2" && { echo "Error: syntax error" >&2; exit 1; }
[ "$(wc -c < "$2")" -le ${most} ] || { echo "netlink: Error: Could not process rule: Message too long" >&2; exit 1; }
cat "$2" >> ${directory}/taken
echo --- >> ${directory}/taken
`;
    writeFileSync(join(directory, "nft"), script, { mode: 0o755 });
  };
  const run = (args: readonly string[], input: string) => {
    const script = join(directory, "script");
    writeFileSync(script, nftInParts(`${directory}:${standardPath}`));
    return spawnSync("sh", [script, ...args], { input, encoding: "utf8" });
  };
  const taken = (): string[] => readFileSync(join(directory, "taken"), "utf8").split("---\n").slice(0, -1);

  /** As kube-proxy writes it: the chains of a Service are emptied before they get their rules. */
  const service = (index: number): string =>
    ["add chain", "flush chain", "add rule"]
      .flatMap((verb) =>
        ["service", "endpoint"].map(
          (of) => `${verb} ip kube-proxy ${of}-${index}${verb === "add rule" ? ` ${"x".repeat(300)}` : ""}\n`,
        ),
      )
      .join("");
  const services = (count: number): string =>
    Array.from({ length: count }, (_, index) => service(index)).join("");

  it("is the machine's for everything but a transaction", () => {
    kernel(0);
    assert.equal(run(["--check", "-f", "-"], "").stdout, "nft --check -f -\n");
  });

  it("sends a transaction whole if the kernel takes it", () => {
    kernel(1e6);
    assert.equal(run(["-f", "-"], services(200)).status, 0);
    assert.deepEqual(taken(), [services(200)]);
  });

  it("sends one that is too long in parts, in order, no chain emptied in one and filled in the next", () => {
    kernel(50_000);
    const { status, stderr } = run(["-f", "-"], services(200));
    assert.deepEqual([status, stderr], [0, ""]);
    const parts = taken();
    assert.ok(parts.length > 3, `${parts.length} parts`);
    assert.equal(parts.join(""), services(200));
    for (const part of parts) {
      const chains = (verb: string) => part.match(new RegExp(`(?<=${verb} ip kube-proxy )\\S+`, "g"));
      assert.deepEqual(chains("add rule"), chains("flush chain"));
    }
  });

  it("also splits what empties chains for good", () => {
    kernel(50_000);
    const flushed = Array.from({ length: 3000 }, (_, index) => `flush chain ip kube-proxy old-${index}\n`);
    assert.equal(run(["-f", "-"], flushed.join("")).status, 0);
    assert.equal(taken().join(""), flushed.join(""));
  });

  it("fails as nft does where something else is wrong, without trying parts", () => {
    kernel(50_000);
    const { status, stderr } = run(["-f", "-"], `${services(200)}nonsense\n`);
    assert.equal(status, 1);
    assert.match(stderr, /syntax error/);
    assert.throws(taken);
  });
});
