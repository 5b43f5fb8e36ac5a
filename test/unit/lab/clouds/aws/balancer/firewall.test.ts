import assert from "node:assert/strict";
import { allocate } from "../../../../../../lab/clouds/aws/balancer/addresses.ts";
import type { AwsFacts, RuleFacts } from "../../../../../../lab/clouds/aws/balancer/facts.ts";
import { buildFirewall, firewallTable } from "../../../../../../lab/clouds/aws/balancer/firewall.ts";
import { healthy } from "../../../../../../lab/clouds/aws/balancer/health.ts";
import { buildModel } from "../../../../../../lab/clouds/aws/balancer/model.ts";
import type { Content } from "../../../../../../lab/clouds/aws/balancer/nftables.ts";
import { joinRanges } from "../../../../../../lab/clouds/aws/balancer/securityGroups.ts";
import { account, loadBalancer, publicCidr } from "./facts.ts";

const build = (facts: AwsFacts): Content =>
  buildFirewall(
    facts,
    buildModel(facts, allocate([], facts, publicCidr), () => healthy),
  );

const chain = ({ chains }: Content, name: string): readonly string[] | undefined => chains.get(name);
const entries = ({ elements }: Content, map: string): Record<string, string> =>
  Object.fromEntries(elements.get(map) ?? []);

const tcp = (fromPort: number, toPort: number, cidrs: string[], groups: string[] = []): RuleFacts => ({
  protocol: "tcp",
  fromPort,
  toPort,
  cidrs,
  groups,
});

const everything: RuleFacts = { protocol: "-1", fromPort: -1, toPort: -1, cidrs: ["0.0.0.0/0"], groups: [] };

const withRules = (...ingress: RuleFacts[]): AwsFacts =>
  account({ securityGroups: [{ id: "sg-node", ingress, egress: [everything] }] });

describe("security groups as rules", () => {
  it("let nothing in without rules", () => {
    const firewall = build(withRules());
    assert.deepEqual(chain(firewall, "ingress_sg_node"), []);
    assert.deepEqual(chain(firewall, "to_node_i_a"), ["jump ingress_sg_node", "drop"]);
    assert.equal(entries(firewall, "instances")["10.0.0.10"], "jump to_node_i_a");
  });

  it("guard the pods of a node as the node: their addresses are those of its network interface", () => {
    assert.deepEqual(chain(build(withRules()), "pods"), [
      "ip daddr { 10.0.1.0/28 } jump to_node_i_a",
      "ip daddr { 10.0.17.0/28 } jump to_node_i_b",
      "ip daddr { 10.0.33.0/28 } jump to_node_i_c",
    ]);
  });

  it("permit what a rule names, with the ports of one source together", () => {
    const firewall = build(
      withRules(
        tcp(30080, 30080, ["0.0.0.0/0"]),
        tcp(30070, 30079, ["0.0.0.0/0"]),
        tcp(22, 22, ["192.0.2.0/24"]),
      ),
    );
    assert.deepEqual(chain(firewall, "ingress_sg_node"), [
      "tcp dport { 30070-30080 } accept",
      "ip saddr 192.0.2.0/24 tcp dport { 22 } accept",
    ]);
  });

  it("support all protocols, and ICMP by type and code", () => {
    const rule = { fromPort: 3, toPort: 4, cidrs: ["0.0.0.0/0"], groups: [] };
    assert.deepEqual(chain(build(withRules({ ...rule, protocol: "icmp" })), "ingress_sg_node"), [
      "icmp type 3 icmp code 4 accept",
    ]);
    const all = { ...everything, cidrs: ["192.0.2.7/32"] };
    assert.deepEqual(chain(build(withRules(all)), "ingress_sg_node"), ["ip saddr 192.0.2.7/32 accept"]);
  });

  it("treat a group as its instances, its load balancers, and the traffic through these", () => {
    const facts = {
      ...withRules(tcp(30080, 30080, [], ["sg-nlb"])),
      loadBalancers: [loadBalancer({ securityGroups: ["sg-nlb"], zones: loadBalancer().zones.slice(0, 1) })],
    };
    assert.deepEqual(chain(build(facts), "ingress_sg_node"), [
      "ip saddr { 10.0.8.0 } tcp dport { 30080 } accept",
      "ct status dnat ct original ip daddr { 203.0.113.1 } tcp dport { 30080 } accept",
    ]);
  });

  it("guard a load balancer that has groups, on the way in and out, and only that", () => {
    assert.deepEqual(entries(build(account()), "listeners"), {});
    const [zone] = loadBalancer().zones;
    assert.ok(zone);
    const node = account().securityGroups;
    const own = {
      id: "sg-nlb",
      ingress: [tcp(80, 80, ["0.0.0.0/0"])],
      egress: [tcp(30080, 30080, [], ["sg-node"])],
    };
    const firewall = build(
      account({
        loadBalancers: [loadBalancer({ securityGroups: ["sg-nlb"], zones: [zone] })],
        securityGroups: [...node, own],
      }),
    );
    assert.deepEqual(entries(firewall, "listeners"), { "203.0.113.1": "jump to_nlb_one" });
    assert.deepEqual(chain(firewall, "to_nlb_one"), ["jump ingress_sg_nlb", "drop"]);
    assert.deepEqual(entries(firewall, "checks"), { "10.0.8.0": "jump from_nlb_one" });
    assert.deepEqual(entries(firewall, "flows"), { "203.0.113.1": "jump from_nlb_one" });
    assert.deepEqual(chain(firewall, "egress_sg_nlb"), [
      "ip daddr { 10.0.0.10, 10.0.1.0/28, 10.0.16.10, 10.0.17.0/28, 10.0.32.10, 10.0.33.0/28 } tcp dport { 30080 } accept",
    ]);
  });

  it("hide internal load balancers from outside", () => {
    const firewall = build(account({ loadBalancers: [loadBalancer({ scheme: "internal" })] }));
    assert.deepEqual(Object.keys(entries(firewall, "internal")), ["10.0.8.0", "10.0.24.0", "10.0.40.0"]);
    assert.match(firewallTable(["10.0.0.0/16"]).skeleton, /elements = \{ 10\.0\.0\.0\/16 \}/);
  });
});

describe("port ranges", () => {
  it("are joined where they touch or overlap", () => {
    assert.deepEqual(
      joinRanges([
        [5, 9],
        [1, 3],
        [4, 4],
        [20, 30],
        [22, 25],
      ]),
      [
        [1, 9],
        [20, 30],
      ],
    );
  });
});
