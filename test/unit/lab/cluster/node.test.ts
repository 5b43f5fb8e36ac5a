import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "mocha";
import { nodes } from "../../../../lab/layout.ts";
import { onNode } from "../../../../lab/cluster/node.ts";
import { kubeletConfiguration, nodeLabels, providerId } from "../../../../lab/cluster/nodeConfiguration.ts";
import { nodeRootScript } from "../../../../lab/cluster/nodeRoot.ts";

const [node] = nodes;
assert.ok(node);
const paths = { configuration: "/c", bin: "/b", cni: "/n" };

describe("a node", () => {
  it("is the instance that its providerID ends in", () => {
    assert.equal(providerId(node, "i-0123"), "aws:///us-west-2a/i-0123");
    const { providerID } = JSON.parse(kubeletConfiguration(paths, node, "i-0123")) as { providerID: string };
    assert.equal(providerID, "aws:///us-west-2a/i-0123");
  });

  it("says in which zone it is, under Kubernetes' well-known labels", () => {
    assert.deepEqual(nodeLabels(node), {
      "topology.kubernetes.io/region": "us-west-2",
      "topology.kubernetes.io/zone": "us-west-2a",
    });
  });

  it("lets nobody in without a certificate or token", () => {
    const { authentication, authorization } = JSON.parse(kubeletConfiguration(paths, node, "i-0")) as {
      authentication: { anonymous: { enabled: boolean } };
      authorization: { mode: string };
    };
    assert.equal(authentication.anonymous.enabled, false);
    assert.equal(authorization.mode, "Webhook");
  });

  it("has a root whose script the shell understands, whatever the paths are called", () => {
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
