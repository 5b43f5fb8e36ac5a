import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeRules } from "../../../cli/nodeRules.ts";
import { CommandError } from "../../../lab/tools/command.ts";
import { http, service } from "../comparison/sources/nodeRules/nodes.ts";

const fixtures = join(import.meta.dirname, "../comparison/sources/nodeRules");
const listing = (node: string): string => {
  const objects = readFileSync(join(fixtures, `${node}.jsonl`), "utf8")
    .trim()
    .split("\n");
  return `{"nftables":[${objects.join()}]}`;
};
const never = new AbortController().signal;
const cluster = service("cluster", { clusterIPs: ["172.20.0.11"], ports: http(30011) });
const sticky = service("sticky", { clusterIPs: ["172.20.0.14"], ports: http(30041) });

describe("the nodes' rules", () => {
  it("are read once for both Services", async () => {
    const asked: string[] = [];
    const read = nodeRules(["node-a", "node-c"], never, (node, argv) => {
      asked.push([node, ...argv].join(" "));
      return Promise.resolve(listing(node));
    });
    const [left, right] = await Promise.all([read(cluster), read(sticky)]);
    assert.deepEqual(
      [left, right].map((paths) => paths.map(({ node }) => node)),
      [
        ["node-a", "node-c"],
        ["node-a", "node-c"],
      ],
    );
    assert.deepEqual(
      asked,
      ["node-a", "node-c"].map((node) => `${node} nft --json list table ip kube-proxy`),
    );
  });

  const noTable = new CommandError(
    "nft",
    "exit status 1",
    "Error: No such file or directory\nlist table ip kube-proxy\n              ^^^^^^^^^^",
  );

  it("are those of the iptables mode if a node has no table of the nftables mode", async () => {
    const read = nodeRules(["node-a"], never, (node, argv) =>
      argv[0] === "nft"
        ? Promise.reject(noTable)
        : Promise.resolve(readFileSync(join(fixtures, `${node}.iptables`), "utf8")),
    );
    assert.deepEqual(
      (await read(cluster)).map(({ mode }) => mode),
      ["iptables"],
    );
  });

  for (const [what, answer] of [
    ["no rules of iptables", () => Promise.resolve("*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n")],
    [
      "no iptables",
      () =>
        Promise.reject(
          new CommandError(
            "nsenter",
            "exit status 127",
            "setpriv: failed to execute iptables-save: No such file or directory",
          ),
        ),
    ],
  ] as const) {
    it(`are unknown, with the node's name, if a node has none, and ${what}`, async () => {
      const read = nodeRules(["node-a", "node-b"], never, (node, argv) => {
        if (node === "node-a") return Promise.resolve(listing(node));
        return argv[0] === "nft" ? Promise.reject(noTable) : answer();
      });
      await assert.rejects(read(cluster), {
        message:
          /^node-b: neither a table ip kube-proxy nor chains of iptables: kube-proxy has not run there/,
      });
    });
  }

  it("are unknown, with the error, if a node cannot be asked", async () => {
    const read = nodeRules(["node-a"], never, () =>
      Promise.reject(new CommandError("nsenter", "exit status 1", "cannot open /proc/7/ns/net")),
    );
    await assert.rejects(read(cluster), { message: /^node-a: nsenter: exit status 1\ncannot open/ });
  });

  it("are not awaited when the comparison is stopped", async () => {
    const stop = new AbortController();
    const read = nodeRules(["node-a"], stop.signal, (_node, _argv, signal) => {
      stop.abort(new Error("stopped"));
      return Promise.reject(signal.reason as Error);
    });
    await assert.rejects(read(cluster), { message: "stopped" });
  });
});
