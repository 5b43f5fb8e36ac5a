import assert from "node:assert/strict";
import { allocate } from "../../../../../../lab/clouds/aws/balancer/addresses.ts";
import type { AwsFacts } from "../../../../../../lab/clouds/aws/balancer/facts.ts";
import { healthy, unhealthy } from "../../../../../../lab/clouds/aws/balancer/health.ts";
import type { TargetHealth } from "../../../../../../lab/clouds/aws/balancer/health.ts";
import { buildModel } from "../../../../../../lab/clouds/aws/balancer/model.ts";
import { nothing } from "../../../../../../lab/clouds/aws/balancer/nftables.ts";
import type { Content } from "../../../../../../lab/clouds/aws/balancer/nftables.ts";
import { buildRuleSet } from "../../../../../../lab/clouds/aws/balancer/ruleset.ts";
import { account, listener, loadBalancer, publicCidr, targetGroup } from "./facts.ts";

const clocks = { scale: 20, registrationSeconds: 180 };

function ruleSet(
  facts: AwsFacts,
  health: Readonly<Record<string, TargetHealth>> = {},
  before: Content = nothing,
): Content {
  const model = buildModel(
    facts,
    allocate([], facts, publicCidr),
    (key) => health[key.split("|")[1] ?? ""] ?? healthy,
  );
  return buildRuleSet(model, clocks, before);
}

const crossZone = account({
  loadBalancers: [loadBalancer({ attributes: { "load_balancing.cross_zone.enabled": "true" } })],
});
const keys = ({ elements }: Content, map: string): string[] => [...(elements.get(map)?.keys() ?? [])];

describe("the rule set", () => {
  it("leads from an address to a target by its marks", () => {
    const { elements } = ruleSet(account());
    const spread = elements.get("listeners")?.get("203.0.113.1 . tcp . 80") ?? "";
    assert.equal(elements.get("spread")?.get(spread), "goto flows_1");
    const target = elements.get("slot_0")?.get(spread) ?? "";
    assert.equal(elements.get("targets")?.get(target), "10.0.0.10 . 30080");
  });

  it("leads clients to the proxy, and the proxy's own connections to the targets", () => {
    const facts = account({
      targetGroups: [targetGroup({ attributes: { "proxy_protocol_v2.enabled": "true" } })],
    });
    const [allocation = assert.fail()] = allocate([], facts, publicCidr);
    const { elements } = buildRuleSet(
      buildModel(facts, [allocation], () => healthy, true),
      clocks,
    );
    const of = (map: string, key = ""): string => elements.get(map)?.get(key) ?? "";
    const toProxy = of("listeners", "203.0.113.1 . tcp . 80");
    assert.equal(of("spread", toProxy), "goto proxy");
    assert.equal(of("targets", toProxy), "100.64.8.0 . 80");
    const spread = of("for_proxy", "100.65.8.0 . 80");
    assert.equal(of("spread", spread), "goto flows_1");
    assert.equal(of("targets", of("slot_0", spread)), "10.0.0.10 . 30080");
    assert.equal(of("private_addresses", "100.65.8.0"), allocation.addresses[0]?.privateAddress);
  });

  it("leads clients of a listener without targets not to the proxy", () => {
    const facts = account({
      targetGroups: [targetGroup({ targets: [], attributes: { "proxy_protocol_v2.enabled": "true" } })],
    });
    const { elements } = buildRuleSet(
      buildModel(facts, allocate([], facts, publicCidr), () => healthy, true),
      clocks,
    );
    const mark = elements.get("listeners")?.get("203.0.113.1 . tcp . 80") ?? "";
    assert.equal(elements.get("spread")?.get(mark), "goto refuse");
    assert.equal(elements.get("for_proxy"), undefined);
  });

  it("shares what zones have in common", () => {
    const shared = ruleSet(crossZone);
    assert.equal(keys(shared, "listeners").length, 3);
    assert.equal(keys(shared, "spread").length, 1);
    assert.equal(keys(shared, "targets").length, 3);
  });

  it("hashes TCP flows by five-tuple and sequence number, others by five-tuple, with a seed that stays", () => {
    const goals = "vmap { 0 : goto slot_0, 1 : goto slot_1, 2 : goto slot_2 }";
    assert.deepEqual(ruleSet(crossZone).chains.get("flows_3"), [
      `meta l4proto tcp jhash ip saddr . th sport . ip daddr . th dport . tcp sequence mod 3 seed 0x6e6c62 ${goals}`,
      `jhash ip saddr . th sport . ip daddr . th dport mod 3 seed 0x6e6c62 ${goals}`,
    ]);
  });

  it("hashes sticky flows by the client's address", () => {
    const sticky = {
      ...crossZone,
      targetGroups: [targetGroup({ attributes: { "stickiness.enabled": "true" } })],
    };
    assert.match(
      ruleSet(sticky).chains.get("sources_3")?.join() ?? "",
      /^jhash ip saddr mod 3 seed 0x6e6c62 /,
    );
  });

  it("scales the idle time-out of a listener that has its own", () => {
    assert.deepEqual(keys(ruleSet(account()), "idle_timeouts"), []);
    const listeners = [listener({ attributes: { "tcp.idle_timeout.seconds": "600" } })];
    const { elements, objects, chains } = ruleSet(account({ loadBalancers: [loadBalancer({ listeners })] }));
    assert.equal(elements.get("idle_timeouts")?.get("203.0.113.1 . tcp . 80"), "jump idle_30");
    assert.match(objects.get("idle_30")?.join(" ") ?? "", /^ct timeout .*established : 30 /);
    assert.deepEqual(chains.get("idle_30"), ['ct timeout set "idle_30"']);
  });

  it("names targets that do not see the client's address", () => {
    assert.deepEqual(keys(ruleSet(account()), "hidden_clients"), []);
    const hiding = account({
      targetGroups: [targetGroup({ attributes: { "preserve_client_ip.enabled": "false" } })],
    });
    assert.equal(keys(ruleSet(hiding), "hidden_clients").length, 3);
  });

  it("refuses without targets", () => {
    const { elements } = ruleSet(account({ targetGroups: [targetGroup({ targets: [] })] }));
    assert.deepEqual([...(elements.get("spread")?.values() ?? [])], ["goto refuse"]);
  });

  it("keeps the chains that were there", () => {
    const before = ruleSet(crossZone);
    const after = ruleSet(crossZone, { "i-b": unhealthy }, before);
    assert.ok(before.chains.has("flows_3") && !before.chains.has("flows_2"));
    assert.ok(after.chains.has("flows_3") && after.chains.has("flows_2"));
  });
});
