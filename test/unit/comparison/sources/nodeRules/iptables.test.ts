/** The nodes of nodes.ts with the same Services, with kube-proxy 1.35.4 in iptables mode: their rules as iptables-save 1.8.9 prints them, without its comments. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceFacts } from "../../../../../comparison/model/service.ts";
import { dataPathOf } from "../../../../../comparison/sources/nodeRules/dataPath.ts";
import { entrance, http, NodeRules, service } from "./nodes.ts";
import type { NodeName } from "./nodes.ts";

const listed = (node: NodeName): string =>
  readFileSync(join(import.meta.dirname, `${node}.iptables`), "utf8");

const dataPath = (of: ServiceFacts, rules = listed("node-a"), node: NodeName = "node-a") =>
  dataPathOf(node, { mode: "iptables", rules }, of);

/** node-a's rules with a line in place of another, or after it. */
function changed(line: string, by: string): string {
  const lines = listed("node-a").split("\n");
  const at = lines.findIndex((each) => each.includes(line));
  assert.notEqual(at, -1, line);
  lines[at] = by.replace("$LINE", lines[at] ?? "");
  return lines.join("\n");
}

const services = {
  cluster: service("cluster", {
    clusterIPs: ["172.20.0.11"],
    externalIPs: ["192.0.2.11"],
    ports: [...http(30011), { name: "udp", protocol: "UDP", port: 81, targetPort: 8081, nodePort: 30012 }],
  }),
  local: service("local", {
    clusterIPs: ["172.20.0.12"],
    externalTrafficPolicy: "Local",
    ports: http(30021),
  }),
  inside: service("inside", { clusterIPs: ["172.20.0.13"], internalTrafficPolicy: "Local" }),
  sticky: service("sticky", { clusterIPs: ["172.20.0.14"], ports: http(30041) }),
  empty: service("empty", { clusterIPs: ["172.20.0.15"], ports: http(30051) }),
  ranges: service("ranges", {
    clusterIPs: ["172.20.0.16"],
    ports: http(30061),
    ingress: ["203.0.113.61"],
  }),
};
const { cluster, sticky, ranges } = services;

/** kube-proxy's chains for the port http of the Service `cluster`, and for its endpoint on node-a. */
const chain = { external: "KUBE-EXT-G7B2HD5NGQQ77TUT", service: "KUBE-SVC-G7B2HD5NGQQ77TUT" };
const deviations = (of: ServiceFacts, rules: string) =>
  entrance(dataPath(of, rules), "node port").deviations ?? [];

describe("a Service's traffic on a node, by kube-proxy's rules of the iptables mode", () => {
  for (const node of ["node-a", "node-c"] as const) {
    for (const [name, of] of Object.entries(services)) {
      it(`is that of the nftables mode on ${node} for the Service ${name}`, () => {
        const { mode, ...facts } = dataPath(of, listed(node), node);
        const { mode: otherMode, ...expected } = new NodeRules(node).dataPath(of);
        assert.deepEqual([mode, otherMode], ["iptables", "nftables"]);
        assert.deepEqual(facts, expected);
      });
    }
  }

  it("is unknown of a Service that the node does not know", () => {
    const unknown = service("unknown", { clusterIPs: ["172.20.0.99"], ports: http(30099) });
    assert.throws(() => dataPath(unknown), /^Error: node-a: kube-proxy has no rules for shop\/unknown/);
  });

  it("is unknown with an answer that is no list of rules", () => {
    assert.throws(() => dataPath(cluster, "iptables-save: what?"), /^Error: node-a: .* is not understood/);
  });
});

describe("rules that kube-proxy does not write in iptables mode, among a Service's", () => {
  const drop = (name: string) => `-A ${name} -s 192.0.2.1/32 -j DROP`;

  it("are seen before, between and after kube-proxy's", () => {
    const mark = `-A ${chain.external} -m comment`;
    const on = `-A ${chain.external} -j ${chain.service}`;
    for (const rules of [
      changed(mark, `${drop(chain.external)}\n$LINE`),
      changed(mark, `$LINE\n${drop(chain.external)}`),
      changed(on, `$LINE\n${drop(chain.external)}`),
    ])
      assert.deepEqual(deviations(cluster, rules), [`${chain.external}: -s 192.0.2.1/32 -j DROP`]);
  });

  it("are seen in the chain that chooses an endpoint", () => {
    const first = `-A ${chain.service} ! -s`;
    assert.deepEqual(deviations(cluster, changed(first, `$LINE\n${drop(chain.service)}`)), [
      `${chain.service}: -s 192.0.2.1/32 -j DROP`,
    ]);
  });

  it("are a choice of endpoints that is not even", () => {
    const choice = `-A ${chain.service} -m comment --comment "shop/cluster:http -> 10.244.1.2:8080"`;
    const rules = changed(choice, "$LINE").replaceAll(
      new RegExp(`(-A ${chain.service} .*--probability )0\\.50000000000`, "g"),
      "$10.25000000000",
    );
    const { endpoints, deviations: seen = [] } = entrance(dataPath(cluster, rules), "node port");
    assert.deepEqual(endpoints, []);
    assert.equal(seen.length, 2);
    assert.match(seen[0] ?? "", /--probability 0\.25/);
  });

  it("are an affinity that forgets to remember clients", () => {
    const remembering = /-m recent --set --name KUBE-SEP-\w+ --mask 255\.255\.255\.255 --rsource /;
    const rules = listed("node-a").replace(remembering, "");
    const { sessionAffinitySeconds, deviations: seen = [] } = entrance(dataPath(sticky, rules), "node port");
    assert.equal(sessionAffinitySeconds, undefined);
    assert.ok(seen.length > 0);
  });

  it("are a translation that is missing, and a masquerade for what an endpoint sends to itself", () => {
    const lines = listed("node-a").split("\n");
    const translation = lines.findIndex((line) => /shop\/cluster:http.* -m tcp -j DNAT/.test(line));
    const without = (at: number) => lines.filter((_, index) => index !== at).join("\n");
    assert.match(deviations(cluster, without(translation))[0] ?? "", /no translation to an endpoint$/);
    assert.match(
      deviations(cluster, without(translation - 1))[0] ?? "",
      /no masquerade for traffic that an endpoint sends to itself$/,
    );
  });

  it("are source ranges whose rest is not dropped", () => {
    const rules = changed("-A KUBE-PROXY-FIREWALL ", "");
    const found = entrance(dataPath(ranges, rules), "load balancer address");
    assert.deepEqual([found.sourceRanges, found.deviations?.length], [[], 1]);
  });
});

describe("the chains of the iptables mode that all Services share", () => {
  for (const [what, rules, message] of [
    [
      "a rule that kube-proxy does not write",
      changed("-A FORWARD", "-A FORWARD -j DROP\n$LINE"),
      /chain FORWARD, .* has the rule "-j DROP"/,
    ],
    [
      "a policy that keeps out",
      listed("node-a").replaceAll(":FORWARD ACCEPT", ":FORWARD DROP"),
      /policy "DROP"/,
    ],
    ["a jump too few", changed("-A PREROUTING", ""), /chain PREROUTING, .* has 0 of 1 rules/],
    ["another mark", changed("-A KUBE-POSTROUTING -m mark", "$LINE -j X"), /chain KUBE-POSTROUTING/],
    [
      "an entrance of another kind",
      changed("-A KUBE-NODEPORTS", "-A KUBE-NODEPORTS -j DROP\n$LINE"),
      /KUBE-NODEPORTS/,
    ],
    [
      "node ports that are not last",
      changed("-A KUBE-SERVICES -m comment", "").replace(
        "-A KUBE-SERVICES -d",
        "-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS\n-A KUBE-SERVICES -d",
      ),
      /KUBE-SERVICES/,
    ],
    [
      "a chain too few",
      listed("node-a")
        .replace(/^:KUBE-FORWARD .*\n/m, "")
        .replaceAll(/^-A KUBE-FORWARD .*\n/gm, ""),
      /KUBE-FORWARD/,
    ],
  ] as const) {
    it(`make all unknown with ${what}`, () => {
      assert.throws(() => dataPath(cluster, rules), { message });
    });
  }
});
