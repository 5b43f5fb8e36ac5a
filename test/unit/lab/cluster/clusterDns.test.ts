import assert from "node:assert/strict";
import { clusterDnsObjects, corefile } from "../../../../lab/cluster/clusterDns.ts";
import { kubeletConfiguration } from "../../../../lab/cluster/nodeConfiguration.ts";
import { clusterDnsAddress, nodeNetwork, nodes } from "../../../../lab/layout.ts";

type Item = Readonly<Record<string, unknown>> & { readonly kind: string };
const object = (kind: string) => clusterDnsObjects.find((each: Item) => each.kind === kind) as Item;

describe("the cluster's DNS", () => {
  it("has the tenth address of the Services' range, which pods are told", () => {
    assert.equal(clusterDnsAddress, "172.20.0.10");
    assert.deepEqual(object("Service").spec, {
      clusterIP: clusterDnsAddress,
      ports: [
        { name: "dns", protocol: "UDP", port: 53 },
        { name: "dns-tcp", protocol: "TCP", port: 53 },
      ],
    });
    const kubelet = kubeletConfiguration({ configuration: "/c" }, nodes[0]!, { providerId: "aws:///a/i-1" });
    const { clusterDNS, clusterDomain } = JSON.parse(kubelet) as Record<string, unknown>;
    assert.deepEqual([clusterDNS, clusterDomain], [["172.20.0.10"], "cluster.local"]);
  });

  it("is where its Service's only endpoint is", () => {
    const { endpoints } = object("EndpointSlice") as unknown as {
      endpoints: readonly { readonly addresses: readonly string[] }[];
    };
    assert.deepEqual(
      endpoints.map(({ addresses }) => addresses),
      [[nodeNetwork.clusterDns]],
    );
    assert.match(corefile("/k"), new RegExp(`bind ${nodeNetwork.clusterDns.replaceAll(".", "\\.")}\n`));
  });

  it("asks the network's resolver for names of other domains, and keeps no name as missing", () => {
    assert.match(corefile("/k"), /forward \. 10\.0\.0\.2 \{/);
    assert.match(corefile("/k"), /disable denial/);
  });

  it("may read what names are made of, and nothing else", () => {
    const { rules } = object("ClusterRole") as unknown as {
      rules: readonly { readonly resources: readonly string[]; readonly verbs: readonly string[] }[];
    };
    assert.deepEqual(rules.flatMap(({ resources }) => resources).sort(), [
      "endpointslices",
      "namespaces",
      "pods",
      "services",
    ]);
    assert.deepEqual([...new Set(rules.flatMap(({ verbs }) => verbs))], ["list", "watch"]);
  });
});
