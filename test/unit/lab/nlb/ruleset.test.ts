import assert from "node:assert/strict";
import { allocate } from "../../../../lab/nlb/addresses.ts";
import type { AwsFacts } from "../../../../lab/nlb/facts.ts";
import { healthy, unhealthy } from "../../../../lab/nlb/health.ts";
import type { TargetHealth } from "../../../../lab/nlb/health.ts";
import { buildModel } from "../../../../lab/nlb/model.ts";
import { applied, buildRuleSet, emptyRuleSet, renderAll, renderChange } from "../../../../lab/nlb/ruleset.ts";
import type { RuleSet } from "../../../../lab/nlb/ruleset.ts";
import { account, loadBalancer, publicCidr, targetGroup, zones } from "./facts.ts";

function ruleSet(facts: AwsFacts, health: Readonly<Record<string, TargetHealth>> = {}): RuleSet {
  const model = buildModel(
    facts,
    allocate([], facts, publicCidr),
    (key) => health[key.split("|")[1] ?? ""] ?? healthy,
  );
  return buildRuleSet(model);
}

const crossZone = account({
  loadBalancers: [loadBalancer({ attributes: { "load_balancing.cross_zone.enabled": "true" } })],
});
const keys = ({ elements }: RuleSet, map: string): string[] => [...(elements.get(map)?.keys() ?? [])];

describe("the rule set", () => {
  it("leads from an address to a target by its marks", () => {
    const { elements } = ruleSet(account());
    const spread = elements.get("listeners")?.get("203.0.113.1 . tcp . 80") ?? "";
    assert.equal(elements.get("spread")?.get(spread), "goto flows_1");
    const target = elements.get("slot_0")?.get(spread) ?? "";
    assert.equal(elements.get("targets")?.get(target), "10.0.0.10 . 30080");
  });

  it("shares what zones have in common", () => {
    const shared = ruleSet(crossZone);
    assert.equal(keys(shared, "listeners").length, 3);
    assert.equal(keys(shared, "spread").length, 1);
    assert.equal(keys(shared, "targets").length, 3);
  });

  it("hashes flows by five-tuple, sticky ones by the client's address, with a seed that stays", () => {
    const flows = renderAll(ruleSet(crossZone)).join("");
    assert.match(flows, /jhash ip saddr \. th sport \. ip daddr \. th dport mod 3 seed 0x6e6c62/);
    const sticky = {
      ...crossZone,
      targetGroups: [targetGroup({ attributes: { "stickiness.enabled": "true" } })],
    };
    assert.match(renderAll(ruleSet(sticky)).join(""), /jhash ip saddr mod 3 seed 0x6e6c62/);
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
});

describe("a change of the rule set", () => {
  it("is nothing if nothing changed", () => {
    assert.deepEqual(renderChange(ruleSet(account()), ruleSet(account())), []);
  });

  it("adds the new way first, and removes the old one by itself", () => {
    const [add = "", remove = "", ...more] = renderChange(
      ruleSet(crossZone),
      ruleSet(crossZone, { "i-b": unhealthy }),
    );
    assert.deepEqual(more, []);
    assert.match(add, /add chain ip nlb flows_2/);
    assert.ok(add.indexOf("add element ip nlb slot_0") < add.indexOf("add element ip nlb listeners"));
    assert.match(
      add,
      /delete element ip nlb listeners \{ 203\.0\.113\.1 \. tcp \. 80 \}\nadd element ip nlb listeners \{ 203\.0\.113\.1 /,
    );
    assert.ok(!/^add /m.test(remove));
    assert.match(remove, /delete element ip nlb targets/);
  });

  it("makes a chain once", () => {
    const three = ruleSet(crossZone);
    const two = ruleSet(crossZone, { "i-b": unhealthy });
    const back = renderChange(applied(three, two), three).join("");
    assert.ok(!back.includes("add chain"), back);
  });

  it("splits what one transaction cannot hold", () => {
    const loadBalancers = Array.from({ length: 80 }, (_, index) =>
      loadBalancer({
        arn: `balancer-${index.toString()}`,
        name: `n${index.toString()}`,
        attributes: { "load_balancing.cross_zone.enabled": "true" },
        listeners: Array.from({ length: 10 }, (__, port) => ({
          arn: "l",
          protocol: "TCP",
          port: port + 1,
          targetGroupArn: "group",
        })),
      }),
    );
    const transactions = renderAll(ruleSet(account({ loadBalancers })));
    assert.ok(transactions.length > 1);
    for (const transaction of transactions) assert.ok(transaction.split("\n").length < 1700);
    const listeners = transactions.join("").match(/add element ip nlb listeners/g)?.length;
    assert.equal(listeners, 80 * 10 * zones.length);
  });

  it("starts from an empty table", () => {
    const [first = ""] = renderAll(emptyRuleSet);
    assert.match(first, /^table ip nlb\ndelete table ip nlb\ntable ip nlb \{/);
  });
});
