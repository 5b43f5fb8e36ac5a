/** The real nft in a user namespace, where its buffer cannot exceed the host's limit. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nftInParts, standardPath } from "../../lab/cluster/nodeNft.ts";
import { run } from "../../lab/tools/command.ts";

describe("a node's nft, in a user namespace", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "node-nft-test-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it("loads the rules of 1000 Services at once, which plain nft cannot", async () => {
    const nft = join(directory, "nft");
    writeFileSync(nft, nftInParts(), { mode: 0o755 });
    const services = Array.from(
      { length: 1000 },
      (_, index) => `add chain ip kube-proxy service-${index}
flush chain ip kube-proxy service-${index}
add rule ip kube-proxy service-${index} ip daddr 172.20.0.1 ip saddr != 10.244.0.0/16 jump mark-for-masquerade
add rule ip kube-proxy service-${index} meta l4proto tcp dnat to 10.244.1.2:8080
`,
    );
    const shared = "add table ip kube-proxy\nadd chain ip kube-proxy mark-for-masquerade\n";
    writeFileSync(join(directory, "transaction"), [shared, ...services].join(""));
    const listed = (program: string) =>
      run(
        "unshare",
        [
          "--user",
          "--map-root-user",
          "--net",
          "sh",
          "-c",
          `${program} -f - < "$0" && nft list ruleset`,
          join(directory, "transaction"),
        ],
        { env: { ...process.env, PATH: standardPath } },
      );
    await assert.rejects(listed("nft"), /Message too long/);
    assert.equal((await listed(nft)).match(/dnat to 10\.244\.1\.2:8080/g)?.length, 1000);
  });
});
