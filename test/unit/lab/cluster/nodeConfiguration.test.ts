import assert from "node:assert/strict";
import { kubeProxyConfiguration } from "../../../../lab/cluster/nodeConfiguration.ts";
import { nodes } from "../../../../lab/layout.ts";

describe("a node's configuration", () => {
  it("gives kube-proxy its mode", () => {
    const [node] = nodes;
    assert.ok(node);
    const place = { configuration: "/node", bin: "/bin", cni: "/cni" };
    for (const mode of ["nftables", "iptables"] as const) {
      const read = JSON.parse(kubeProxyConfiguration(place, node, mode)) as { readonly mode: string };
      assert.equal(read.mode, mode);
    }
  });
});
