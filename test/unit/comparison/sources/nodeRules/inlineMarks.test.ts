import assert from "node:assert/strict";
import { entrance, http, NodeRules, service } from "./nodes.ts";
import type { NodeName } from "./nodes.ts";

const drop = { drop: null };
const cluster = service("cluster", {
  clusterIPs: ["172.20.0.11"],
  externalIPs: ["192.0.2.11"],
  ports: [...http(30011), { name: "udp", protocol: "UDP", port: 81, targetPort: 8081, nodePort: 30012 }],
});
const sticky = service("sticky", { clusterIPs: ["172.20.0.14"], ports: http(30041) });
const services = [
  cluster,
  service("local", { clusterIPs: ["172.20.0.12"], externalTrafficPolicy: "Local", ports: http(30021) }),
  service("inside", { clusterIPs: ["172.20.0.13"], internalTrafficPolicy: "Local" }),
  sticky,
  service("empty", { clusterIPs: ["172.20.0.15"], ports: http(30051) }),
  service("ranges", { clusterIPs: ["172.20.0.16"], ports: http(30061), ingress: ["203.0.113.61"] }),
];

const rules = (node: NodeName = "node-a"): NodeRules => new NodeRules(node, "1.36");
const part = "shop/cluster/tcp";
const mark = (bit: number, operator = "|") => ({
  mangle: { key: { meta: { key: "mark" } }, value: { [operator]: [{ meta: { key: "mark" } }, bit] } },
});
const dnat = (first: string, second: string) => [
  { match: { op: "==", left: { meta: { key: "l4proto" } }, right: "tcp" } },
  {
    dnat: {
      family: "ip",
      addr: {
        map: {
          key: { numgen: { mode: "random", mod: 2, offset: 0 } },
          data: { set: [first, second].map((address, index) => [index, { concat: [address, 8080] }]) },
        },
      },
    },
  },
];

describe("kube-proxy's rules from 1.36 on", () => {
  for (const node of ["node-a", "node-c"] as const) {
    for (const of of services) {
      it(`say the same as those of 1.35: ${of.identity.name} on ${node}`, () => {
        assert.deepEqual(rules(node).dataPath(of), new NodeRules(node).dataPath(of));
      });
    }
  }

  it("masquerade at the cluster IP as the rule for all Services says", () => {
    const without = rules().remove("services", 0);
    assert.equal(entrance(without.dataPath(cluster), "cluster IP").masquerade, "never");
    const toClusterIPs = {
      match: { op: "==", left: { payload: { protocol: "ip", field: "daddr" } }, right: "@cluster-ips" },
    };
    const all = without.insert("services", [toClusterIPs, mark(16384)]);
    assert.equal(entrance(all.dataPath(cluster), "cluster IP").masquerade, "always");
  });

  it("masquerade only the cluster IPs of the set", () => {
    const changed = rules();
    for (const object of changed.objects)
      if ("set" in object && object.set.name === "cluster-ips")
        object.set.elem = (object.set.elem ?? []).filter((address) => address !== "172.20.0.11");
    assert.equal(entrance(changed.dataPath(cluster), "cluster IP").masquerade, "never");
    assert.equal(entrance(changed.dataPath(sticky), "cluster IP").masquerade, "from outside the cluster");
  });

  for (const [beginning, after] of [
    ["external-", 0],
    ["external-", 1],
    ["service-", 0],
    ["service-", 1],
  ] as const) {
    it(`are told from others in ${beginning} chains, after ${after} of them`, () => {
      const changed = rules();
      const chain = changed.chain(beginning, part);
      const { deviations } = entrance(changed.insert(chain, [drop], after).dataPath(cluster), "node port");
      assert.deepEqual(deviations, [`${chain}: drop`]);
    });
  }

  it("are told from others in the chains of endpoints, which only session affinity has", () => {
    const changed = rules();
    const chain = changed.chain("endpoint-", "shop/sticky/");
    const { deviations } = entrance(changed.insert(chain, [drop], 1).dataPath(sticky), "node port");
    assert.deepEqual(deviations, [`${chain}: drop`]);
  });

  it("mark with kube-proxy's own bit: another one masquerades nothing", () => {
    const changed = rules();
    const chain = changed.chain("external-", part);
    changed.remove(chain, 0).insert(chain, [mark(32768)]);
    const nodePort = entrance(changed.dataPath(cluster), "node port");
    assert.equal(nodePort.masquerade, "never");
    assert.deepEqual(nodePort.deviations, [`${chain}: meta mark set meta mark | 32768`]);
  });

  it("prefer no endpoint to another", () => {
    const changed = rules();
    const chain = changed.chain("service-", part);
    changed.remove(chain, 0).insert(chain, dnat("10.244.1.2", "10.244.1.2"));
    const nodePort = entrance(changed.dataPath(cluster), "node port");
    assert.deepEqual(nodePort.endpoints, []);
    assert.match(
      nodePort.deviations?.[0] ?? "",
      /: meta l4proto tcp dnat ip to numgen random mod 2 map \{ 0 : 10\.244\.1\.2 \. 8080, 1/,
    );
  });

  it("masquerade what an endpoint of the node sends to itself, port by port", () => {
    const changed = rules();
    for (const object of changed.objects)
      if ("set" in object && object.set.name === "hairpin-connections")
        object.set.elem = (object.set.elem ?? []).filter((each) => !JSON.stringify(each).includes("8081"));
    const dataPath = changed.dataPath(cluster);
    assert.equal(entrance(dataPath, "node port").deviations, undefined);
    assert.deepEqual(entrance(dataPath, "node port", "UDP").deviations, [
      "to-10.244.1.2:8081/udp: no masquerade for traffic that an endpoint sends to itself",
    ]);
  });

  for (const [what, change, message] of [
    [
      "another mark",
      (of) => of.remove("masquerading", 0),
      /which all Services share, has the rule "ip daddr @cluster-ips/,
    ],
    ["no hairpins", (of) => of.remove("masquerading", 1), /the chain masquerading, .* lacks "ct status dnat/],
    ["a rule before", (of) => of.insert("services", [drop]), /the chain services, .* has the rule "drop"/],
    [
      "a mark for all",
      (of) => of.insert("services", [mark(16384)]),
      /the chain services, .* has the rule "meta mark set/,
    ],
  ] as const satisfies readonly (readonly [string, (of: NodeRules) => NodeRules, RegExp])[]) {
    it(`are unknown with other shared chains: ${what}`, () => {
      assert.throws(() => change(rules()).dataPath(cluster), { message });
    });
  }
});
