import assert from "node:assert/strict";
import type { ServiceFacts } from "../../../../../comparison/model/service.ts";
import { dataPathOf } from "../../../../../comparison/sources/nodeRules/dataPath.ts";
import { entrance, http, NodeRules, service } from "./nodes.ts";

const both = ["10.244.1.2:8080", "10.244.2.2:8080"];

const cluster = service("cluster", {
  clusterIPs: ["172.20.0.11"],
  externalIPs: ["192.0.2.11"],
  ports: [...http(30011), { name: "udp", protocol: "UDP", port: 81, targetPort: 8081, nodePort: 30012 }],
});
const local = service("local", {
  clusterIPs: ["172.20.0.12"],
  externalTrafficPolicy: "Local",
  ports: http(30021),
});
const inside = service("inside", { clusterIPs: ["172.20.0.13"], internalTrafficPolicy: "Local" });
const sticky = service("sticky", { clusterIPs: ["172.20.0.14"], ports: http(30041) });
const empty = service("empty", { clusterIPs: ["172.20.0.15"], ports: http(30051) });
const ranges = service("ranges", {
  clusterIPs: ["172.20.0.16"],
  ports: http(30061),
  ingress: ["203.0.113.61"],
});

describe("a Service's traffic on a node, by kube-proxy's rules", () => {
  it("goes from every entrance to all endpoints, port by port, masqueraded if it may come from elsewhere", () => {
    const udp = ["10.244.1.2:8081", "10.244.2.2:8081"];
    const from = { sourceRanges: [] };
    assert.deepEqual(new NodeRules("node-c").dataPath(cluster), {
      node: "node-c",
      mode: "nftables",
      entrances: [
        {
          kind: "cluster IP",
          address: "172.20.0.11",
          protocol: "TCP",
          port: 80,
          endpoints: both,
          masquerade: "from outside the cluster",
          ...from,
        },
        { kind: "node port", protocol: "TCP", port: 30011, endpoints: both, masquerade: "always", ...from },
        {
          kind: "external IP",
          address: "192.0.2.11",
          protocol: "TCP",
          port: 80,
          endpoints: both,
          masquerade: "always",
          ...from,
        },
        {
          kind: "cluster IP",
          address: "172.20.0.11",
          protocol: "UDP",
          port: 81,
          endpoints: udp,
          masquerade: "from outside the cluster",
          ...from,
        },
        { kind: "node port", protocol: "UDP", port: 30012, endpoints: udp, masquerade: "always", ...from },
        {
          kind: "external IP",
          address: "192.0.2.11",
          protocol: "UDP",
          port: 81,
          endpoints: udp,
          masquerade: "always",
          ...from,
        },
      ],
    });
  });

  it("stays on the node with externalTrafficPolicy Local, unless it comes from inside", () => {
    assert.deepEqual(entrance(new NodeRules("node-a").dataPath(local), "node port"), {
      kind: "node port",
      protocol: "TCP",
      port: 30021,
      endpoints: ["10.244.1.2:8080"],
      endpointsFromInside: { pods: both, node: both },
      masquerade: "from the node itself",
      sourceRanges: [],
    });
  });

  it("is dropped with externalTrafficPolicy Local where there is no endpoint, unless it comes from inside", () => {
    const nodePort = entrance(new NodeRules("node-c").dataPath(local), "node port");
    assert.deepEqual(nodePort.endpoints, []);
    assert.deepEqual(nodePort.endpointsFromInside, { pods: both, node: both });
    assert.equal(nodePort.withoutEndpoints, "dropped");
  });

  it("stays on the node with internalTrafficPolicy Local, and is dropped where there is no endpoint", () => {
    const here = entrance(new NodeRules("node-a").dataPath(inside), "cluster IP");
    const elsewhere = entrance(new NodeRules("node-c").dataPath(inside), "cluster IP");
    assert.deepEqual(here.endpoints, ["10.244.1.2:8080"]);
    assert.equal(here.withoutEndpoints, undefined);
    assert.deepEqual(elsewhere.endpoints, []);
    assert.equal(elsewhere.withoutEndpoints, "dropped");
  });

  it("is refused while there are no endpoints at all", () => {
    const { entrances } = new NodeRules("node-a").dataPath(empty);
    assert.deepEqual(
      entrances.map(({ kind, endpoints, withoutEndpoints }) => [kind, endpoints, withoutEndpoints]),
      [
        ["cluster IP", [], "refused"],
        ["node port", [], "refused"],
      ],
    );
  });

  it("comes back to the endpoint that a client had, for as long as its sets remember", () => {
    const { entrances } = new NodeRules("node-a").dataPath(sticky);
    assert.deepEqual(
      entrances.map(({ sessionAffinitySeconds, deviations }) => [sessionAffinitySeconds, deviations]),
      [
        [600, undefined],
        [600, undefined],
      ],
    );
  });

  it("is let in by loadBalancerSourceRanges at the load balancer's address alone", () => {
    const dataPath = new NodeRules("node-a").dataPath(ranges);
    assert.deepEqual(
      dataPath.entrances.map(({ kind, sourceRanges }) => [kind, sourceRanges]),
      [
        ["cluster IP", []],
        ["node port", []],
        ["load balancer address", ["192.0.2.0/25", "198.51.100.0/24"]],
      ],
    );
  });

  it("is masqueraded at the cluster IP too where kube-proxy masquerades all, and not where it can't tell pods", () => {
    const toClusterIP = {
      match: { op: "==", left: { payload: { protocol: "ip", field: "daddr" } }, right: "172.20.0.11" },
    };
    const mark = { jump: { target: "mark-for-masquerade" } };
    const withoutDetection = (): NodeRules => {
      const rules = new NodeRules("node-a");
      const chains = rules.objects.flatMap((object) => ("chain" in object ? object.chain.name : []));
      for (const chain of chains) if (/^service-.*\//.test(chain)) rules.remove(chain, 0);
      return rules;
    };
    const all = withoutDetection();
    all.insert(all.chain("service-", "shop/cluster/tcp"), [toClusterIP, mark]);
    assert.equal(entrance(all.dataPath(cluster), "cluster IP").masquerade, "always");
    assert.equal(entrance(withoutDetection().dataPath(cluster), "cluster IP").masquerade, "never");
  });

  it("is unknown of a Service that the node does not know", () => {
    const unknown = service("unknown", { clusterIPs: ["172.20.0.99"], ports: http(30099) });
    assert.throws(() => new NodeRules("node-a").dataPath(unknown), {
      message:
        "node-a: kube-proxy has no rules for shop/unknown, neither for 172.20.0.99 . tcp . 80 nor for tcp . 30099",
    });
  });

  for (const [what, listing, facts, message] of [
    [
      "an answer that is no JSON",
      "table ip kube-proxy {",
      {},
      /^node-a: nft's list of rules is no JSON: "table ip/,
    ],
    [
      "objects of kinds that kube-proxy makes none of",
      '{"nftables":[{"flowtable":{}}]}',
      {},
      /^node-a: .* at nftables\.0/,
    ],
    ["IPv6", "", { ipFamilies: ["IPv4", "IPv6"] }, /^node-a: shop\/cluster is also reached by IPv6/],
  ] as const satisfies readonly (readonly [string, string, Partial<ServiceFacts>, RegExp])[]) {
    it(`is unknown with ${what}`, () => {
      assert.throws(
        () => dataPathOf("node-a", { mode: "nftables", rules: listing }, { ...cluster, ...facts }),
        { message },
      );
    });
  }
});
