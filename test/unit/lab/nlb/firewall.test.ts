import assert from "node:assert/strict";
import { allocate } from "../../../../lab/nlb/addresses.ts";
import type { AwsFacts, IngressFacts } from "../../../../lab/nlb/facts.ts";
import { joinRanges, renderFirewall } from "../../../../lab/nlb/firewall.ts";
import { healthy } from "../../../../lab/nlb/health.ts";
import { buildModel } from "../../../../lab/nlb/model.ts";
import { account, loadBalancer, publicCidr } from "./facts.ts";

function render(facts: AwsFacts): string {
  return renderFirewall(
    facts,
    buildModel(facts, allocate([], facts, publicCidr), () => healthy),
    ["10.0.0.0/16"],
  );
}

/** The rules of one chain. */
function chain(text: string, name: string): string[] {
  const body = new RegExp(`chain ${name} \\{\n([^}]*(?:\\{[^}]*\\}[^}]*)*?)\n  \\}`).exec(text)?.[1] ?? "";
  return body
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

const tcp = (fromPort: number, toPort: number, cidrs: string[], groups: string[] = []): IngressFacts => ({
  protocol: "tcp",
  fromPort,
  toPort,
  cidrs,
  groups,
});

const withRules = (...ingress: IngressFacts[]): AwsFacts =>
  account({ securityGroups: [{ id: "sg-node", ingress }] });

describe("security groups as rules", () => {
  it("let nothing in without rules", () => {
    const text = render(withRules());
    assert.deepEqual(chain(text, "group_sg_node"), []);
    assert.deepEqual(chain(text, "to_i_a"), ["jump group_sg_node", "drop"]);
  });

  it("let in what a rule names, ports of one source together", () => {
    const text = render(
      withRules(
        tcp(30080, 30080, ["0.0.0.0/0"]),
        tcp(30070, 30079, ["0.0.0.0/0"]),
        tcp(22, 22, ["192.0.2.0/24"]),
      ),
    );
    assert.deepEqual(chain(text, "group_sg_node"), [
      "tcp dport { 30070-30080 } accept",
      "ip saddr 192.0.2.0/24 tcp dport { 22 } accept",
    ]);
  });

  it("know all protocols, and ICMP by type and code", () => {
    const rule = { fromPort: 3, toPort: 4, cidrs: ["0.0.0.0/0"], groups: [] };
    assert.deepEqual(chain(render(withRules({ ...rule, protocol: "icmp" })), "group_sg_node"), [
      "icmp type 3 icmp code 4 accept",
    ]);
    const all = { protocol: "-1", fromPort: -1, toPort: -1, cidrs: ["192.0.2.7/32"], groups: [] };
    assert.deepEqual(chain(render(withRules(all)), "group_sg_node"), ["ip saddr 192.0.2.7/32 accept"]);
  });

  it("take a group for its instances, its load balancers, and what comes through these", () => {
    const facts = {
      ...withRules(tcp(30080, 30080, [], ["sg-nlb"])),
      loadBalancers: [loadBalancer({ securityGroups: ["sg-nlb"], zones: loadBalancer().zones.slice(0, 1) })],
    };
    assert.deepEqual(chain(render(facts), "group_sg_node"), [
      "ip saddr { 10.0.8.0 } tcp dport { 30080 } accept",
      "ct status dnat ct original ip daddr { 203.0.113.1 } tcp dport { 30080 } accept",
    ]);
  });

  it("guard a load balancer that has groups, and only that", () => {
    assert.ok(!render(account()).includes("to_one"));
    const facts = account({
      loadBalancers: [loadBalancer({ securityGroups: ["sg-nlb"] })],
      securityGroups: [{ id: "sg-nlb", ingress: [tcp(80, 80, ["0.0.0.0/0"])] }],
    });
    assert.match(render(facts), /ip daddr vmap \{ 203\.0\.113\.1 : jump to_one, /);
  });

  it("hide internal load balancers from outside", () => {
    const text = render(account({ loadBalancers: [loadBalancer({ scheme: "internal" })] }));
    assert.ok(
      chain(text, "listeners").some((rule) =>
        /^ip daddr \{ 10\.0\.8\.0, .* \} ip saddr != \{ 10\.0\.0\.0\/16 \} drop$/.test(rule),
      ),
      text,
    );
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
