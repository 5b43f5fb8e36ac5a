import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "mocha";
import { nodes } from "../../../../lab/layout.ts";
import { kubelet, onNode } from "../../../../lab/cluster/node.ts";
import { kubeletConfiguration } from "../../../../lab/cluster/nodeConfiguration.ts";
import { nodeRootScript } from "../../../../lab/cluster/nodeRoot.ts";

const [node] = nodes;
assert.ok(node);
const paths = { configuration: "/c", bin: "/b", cni: "/n" };

describe("a node", () => {
  const configured = (providerId?: string) =>
    JSON.parse(kubeletConfiguration(paths, node, { providerId })) as Record<string, unknown>;

  it("has the provider id of its machine, or none where the cloud has none", () => {
    assert.equal(configured("cloud://machine").providerID, "cloud://machine");
    assert.ok(!("providerID" in configured()));
  });

  it("registers with the labels of its machine", () => {
    const { args } = kubelet(
      node,
      { ...paths, disk: "/d", root: "/r" },
      { labels: { "topology.kubernetes.io/zone": "z", more: "m" } },
    );
    assert.ok(args.includes("--node-labels=topology.kubernetes.io/zone=z,more=m"));
  });

  it("rejects requests without a certificate or token", () => {
    const { authentication, authorization } = configured() as {
      authentication: { anonymous: { enabled: boolean } };
      authorization: { mode: string };
    };
    assert.equal(authentication.anonymous.enabled, false);
    assert.equal(authorization.mode, "Webhook");
  });

  it("has a root script that is valid for any paths", () => {
    const script = nodeRootScript({
      node,
      root: "/a b/it's/root",
      disk: "/a b/it's/disk",
      shared: ["/a b/it's/tools"],
      init: "/a b/it's/pause",
    });
    execFileSync("sh", ["-n"], { input: script });
    assert.ok(script.endsWith("exec '/a b/it'\\''s/pause'"));
  });

  it("is entered by the id of the init that it has at that moment", () => {
    assert.deepEqual(onNode({ disk: "/d" }, ["ls", "/"]), [
      "sh",
      "-c",
      `exec nsenter --target "$(cat "$0")" --mount --uts --ipc --net --pid --cgroup -- setpriv --pdeathsig KILL -- "$@"`,
      "/d/init.pid",
      "ls",
      "/",
    ]);
  });
});
