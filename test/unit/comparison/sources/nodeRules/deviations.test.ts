import assert from "node:assert/strict";
import { entrance, http, NodeRules, service } from "./nodes.ts";

const drop = { drop: null };
const both = ["10.244.1.2:8080", "10.244.2.2:8080"];

const cluster = service("cluster", {
  clusterIPs: ["172.20.0.11"],
  externalIPs: ["192.0.2.11"],
  ports: http(30011),
});
const part = "shop/cluster/tcp";
const ranges = service("ranges", { clusterIPs: ["172.20.0.16"], ingress: ["203.0.113.61"] });
const sticky = service("sticky", { clusterIPs: ["172.20.0.14"], ports: http(30041) });

/** Of the node port, after a change in the chain with this beginning. */
function deviations(
  beginning: string,
  change: (rules: NodeRules, chain: string) => void,
  of = cluster,
  name = part,
) {
  const rules = new NodeRules("node-a");
  const chain = rules.chain(beginning, name);
  change(rules, chain);
  const found = entrance(rules.dataPath(of), "node port").deviations ?? [];
  return found.map((text) => text.replace(`${chain}: `, ""));
}

describe("rules that kube-proxy does not write, among a Service's", () => {
  for (const [beginning, after] of [
    ["external-", 0],
    ["external-", 1],
    ["service-", 1],
    ["endpoint-", 1],
  ] as const) {
    it(`are seen in ${beginning} chains, after ${after} others`, () => {
      assert.deepEqual(
        deviations(beginning, (rules, chain) => rules.insert(chain, [drop], after)),
        ["drop"],
      );
    });
  }

  it("are seen at the end, where traffic does not come", () => {
    const again = { goto: { target: new NodeRules("node-a").chain("service-", part) } };
    assert.deepEqual(
      deviations("external-", (rules, chain) => rules.insert(chain, [again], 2)),
      [`goto ${again.goto.target}`],
    );
  });

  it("are shown whatever they are made of", () => {
    const limit = { limit: { rate: 1, per: "second" } };
    assert.deepEqual(
      deviations("external-", (rules, chain) => rules.insert(chain, [limit, drop])),
      ['{"limit":{"rate":1,"per":"second"}} drop'],
    );
  });

  it("are found by every field that differs from kube-proxy's", () => {
    const match = { match: { op: "==", left: { meta: { key: "l4proto" } }, right: "tcp" } };
    const dnat = { dnat: { addr: "10.244.1.2", port: 8080, flags: "random" } };
    const found = deviations("endpoint-", (rules, chain) => {
      rules.remove(chain, 1);
      rules.insert(chain, [match, dnat], 1);
    });
    assert.equal(found[0], "no translation to an endpoint");
    assert.match(found.at(-1) ?? "", /^meta l4proto tcp \{"dnat":.*"flags":"random"/);
  });

  it("are seen if they are only for some clients, in the form of kube-proxy's own", () => {
    const from = {
      match: { op: "==", left: { payload: { protocol: "ip", field: "saddr" } }, right: "198.51.100.10" },
    };
    const target = new NodeRules("node-a").chain("endpoint-", part);
    assert.deepEqual(
      deviations("external-", (rules, chain) => rules.insert(chain, [from, { goto: { target } }])),
      [`ip saddr 198.51.100.10 goto ${target}`],
    );
  });

  it("do not count by their comments", () => {
    assert.deepEqual(
      deviations("external-", ({ objects }, chain) => {
        const rule = objects.find((object) => "rule" in object && object.rule.chain === chain);
        assert.ok(rule !== undefined && "rule" in rule);
        Object.assign(rule.rule, { comment: "drop" });
      }),
      [],
    );
  });

  it("are those that prefer one endpoint to another", () => {
    const rules = new NodeRules("node-a");
    const target = rules.chain("endpoint-", part);
    const vmap = {
      key: { numgen: { mode: "random", mod: 2, offset: 0 } },
      data: { set: [0, 1].map((number) => [number, { goto: { target } }]) },
    };
    const chain = rules.chain("service-", part);
    rules.remove(chain, 1).insert(chain, [{ vmap }], 1);
    const nodePort = entrance(rules.dataPath(cluster), "node port");
    assert.deepEqual(nodePort.endpoints, []);
    assert.deepEqual(nodePort.deviations, [
      `${chain}: numgen random mod 2 vmap { 0 : goto ${target}, 1 : goto ${target} }`,
    ]);
  });

  it("are kube-proxy's own where they come too late", () => {
    const rule = [
      { match: { op: "==", left: { payload: { protocol: "ip", field: "saddr" } }, right: "10.244.1.2" } },
      { jump: { target: "mark-for-masquerade" } },
    ];
    assert.deepEqual(
      deviations("endpoint-", (rules, chain) => rules.remove(chain, 0).insert(chain, rule, 1)),
      [
        "no masquerade for traffic that an endpoint sends to itself",
        "ip saddr 10.244.1.2 jump mark-for-masquerade",
      ],
    );
  });

  it("are missing ones too: an endpoint that could not reach itself", () => {
    assert.deepEqual(
      deviations("endpoint-", (rules, chain) => rules.remove(chain, 0)),
      ["no masquerade for traffic that an endpoint sends to itself"],
    );
  });

  it("change the facts where they do what kube-proxy's do: less masquerade", () => {
    const rules = new NodeRules("node-a");
    rules.remove(rules.chain("external-", part), 0);
    assert.equal(entrance(rules.dataPath(cluster), "node port").masquerade, "never");
  });

  it("are entrances that the Service does not name", () => {
    const rules = new NodeRules("node-a");
    const target = rules.chain("external-", part);
    rules.map("service-nodeports").elem?.push([{ concat: ["tcp", 31111] }, { goto: { target } }]);
    const ports = rules.dataPath(cluster).entrances.filter(({ kind }) => kind === "node port");
    assert.deepEqual(
      ports.map(({ port, endpoints }) => [port, endpoints]),
      [
        [30011, both],
        [31111, both],
      ],
    );
  });

  it("are entries of the maps that lead nowhere", () => {
    const rules = new NodeRules("node-a");
    const entries = rules.map("service-nodeports");
    entries.elem = (entries.elem ?? []).map((entry) =>
      JSON.stringify(entry).includes("30011") ? [{ concat: ["tcp", 30011] }, drop] : entry,
    );
    const nodePort = entrance(rules.dataPath(cluster), "node port");
    assert.deepEqual([nodePort.endpoints, nodePort.deviations], [[], ["service-nodeports: drop"]]);
  });

  it("are those that let in or keep out, where loadBalancerSourceRanges does", () => {
    const rules = new NodeRules("node-a");
    const chain = rules.chain("firewall-", "shop/ranges/");
    rules.insert(chain, [{ accept: null }], 1);
    const address = entrance(rules.dataPath(ranges), "load balancer address");
    assert.deepEqual(address.sourceRanges, ["192.0.2.0/25", "198.51.100.0/24"]);
    assert.deepEqual(address.deviations, [`${chain}: accept`]);
  });

  it("are affinity for some endpoints only", () => {
    const found = deviations("service-", (rules, chain) => rules.remove(chain, 1), sticky, "shop/sticky/");
    assert.match(found[0] ?? "", /^endpoint-.*: remembers clients in vain$/);
    assert.equal(found[1], "session affinity is not the same for all endpoints");
  });
});

describe("the chains that all Services share", () => {
  const at = (change: (rules: NodeRules) => void) => () => {
    const rules = new NodeRules("node-a");
    change(rules);
    return rules.dataPath(cluster);
  };
  const rejects = (what: string, change: (rules: NodeRules) => void, message: RegExp): void => {
    it(`make all unknown with ${what}`, () => {
      assert.throws(at(change), { message });
    });
  };

  rejects(
    "a rule that kube-proxy does not write",
    (rules) => rules.insert("services", [drop]),
    /^node-a: the chain services, which all Services share, has the rule "drop": not what kube-proxy 1\.34 to 1\.36 writes$/,
  );
  rejects(
    "a rule at the end",
    (rules) => rules.insert("filter-forward", [drop], 2),
    /the chain filter-forward, .* has the rule "drop"/,
  );
  rejects(
    "a rule too few",
    (rules) => rules.remove("nat-prerouting", 0),
    /the chain nat-prerouting, .* lacks "jump services"/,
  );
  rejects(
    "a policy that keeps out",
    ({ objects }) => {
      for (const object of objects)
        if ("chain" in object && object.chain.name === "filter-input") object.chain.policy = "drop";
    },
    /the chain filter-input, .* has the policy "drop", not "accept"/,
  );
  rejects(
    "a chain of a hook that is not kube-proxy's",
    (rules) => rules.add({ chain: { name: "mine", hook: "forward", policy: "accept" } as never }),
    /the chain mine, .* of the hook forward is none of kube-proxy's/,
  );
  rejects(
    "a chain too few",
    ({ objects }) => {
      const index = objects.findIndex((object) => "chain" in object && object.chain.name === "masquerading");
      objects.splice(index, 1);
    },
    /the chain masquerading, .* is not there/,
  );

  it("may do without the Services' ranges, which kube-proxy does not always know", () => {
    assert.equal(at((rules) => rules.remove("cluster-ips-check", 1))().entrances.length, 3);
  });
});
