/** Security groups of nodes on OpenStack: what counts is who is let in at the Service's ports. */
import assert from "node:assert/strict";
import { openstack } from "../../../../../comparison/clouds/openstack/index.ts";
import type { OpenStackFacts, RuleFacts } from "../../../../../comparison/clouds/openstack/model.ts";
import { admission } from "../../../../../comparison/clouds/openstack/admission/admission.ts";
import { comparedOf } from "../../../../../comparison/difference/compared.ts";
import { factsIn, known } from "../../../../../comparison/model/sourceResult.ts";
import type { Side } from "../../../../../comparison/result/bySide.ts";
import { judged, planned } from "./planned.ts";

const config = {
  ports: [{ name: "http", port: 80, nodePorts: { nodePort: 30070, loadBalancer: 30071 } }],
};

/** As it is planned, with other rules on one side. */
async function withRules(
  change: (rules: readonly RuleFacts[]) => readonly RuleFacts[],
  side: Side = "left",
): Promise<OpenStackFacts> {
  const facts = await planned(config);
  const firewall = factsIn(facts[side].firewall);
  assert.ok(firewall);
  const changed = { ...firewall, nodes: change(firewall.nodes) };
  return { ...facts, [side]: { ...facts[side], firewall: { kind: "known", facts: changed } } };
}

const forAllNodePorts = (rule: RuleFacts): RuleFacts => ({ ...rule, fromPort: 30000, toPort: 32767 });

const halves = (rule: RuleFacts): RuleFacts[] => {
  assert.match(rule.source, /^\d+\.\d+\.\d+\.0\/24$/);
  const network = rule.source.replace(/0\/24$/, "");
  return [`${network}0/25`, `${network}128/25`].map((source) => ({ ...rule, source }));
};

const verdictOf = (facts: OpenStackFacts) => judged(facts).verdict;

describe("the rules of the nodes on OpenStack", () => {
  it("may be one for all node ports, and the comparison says what it opens", async () => {
    const facts = await withRules((rules) => rules.map(forAllNodePorts));
    assert.equal(verdictOf(facts).kind, "equivalent");
    const [sentence, ...others] = judged(facts).opensMore;
    assert.match(
      sentence ?? "",
      /^The rule "tcp 30000-32767 from [\d./]+" in \S+ opens the node ports of other Services too\.$/,
    );
    assert.deepEqual(others, []);
  });

  it("may be split, or be one for any protocol", async () => {
    for (const change of [
      (rules: readonly RuleFacts[]) => rules.flatMap(halves),
      (rules: readonly RuleFacts[]) => rules.map((rule) => ({ ...rule, protocol: "any" })),
    ])
      assert.equal(verdictOf(await withRules(change)).kind, "equivalent");
  });

  it("differ where they let in half of the subnet, or more than it", async () => {
    for (const change of [
      (rules: readonly RuleFacts[]) => rules.flatMap((rule) => halves(rule).slice(1)),
      (rules: readonly RuleFacts[]) => rules.map((rule) => ({ ...rule, source: "0.0.0.0/0" })),
      (rules: readonly RuleFacts[]) => rules.map((rule) => ({ ...rule, protocol: "udp" })),
    ])
      assert.equal(verdictOf(await withRules(change)).kind, "different");
  });

  it("are not made up for by a group that only some nodes have", async () => {
    const facts = await withRules((rules) =>
      rules.map((rule) => ({ ...forAllNodePorts(rule), securityGroup: "some-nodes" })),
    );
    assert.equal(verdictOf(facts).kind, "different");
  });

  it("differ where the controller's group is missing from a node, whose id the rules then keep", async () => {
    const id = (rule: RuleFacts): RuleFacts => ({ ...rule, securityGroup: "sg-web" });
    assert.equal(verdictOf(await withRules((rules) => rules.map(id), "right")).kind, "different");
    const { kind } = verdictOf(await withRules((rules) => rules.flatMap(halves).map(id), "right"));
    assert.equal(kind, "different");
  });

  it("may be in any group that all nodes have", async () => {
    for (const change of [(rule: RuleFacts) => [rule], halves]) {
      const facts = await withRules((rules) =>
        rules.flatMap(change).map((rule) => ({ ...rule, securityGroup: "sg-more" })),
      );
      const cluster = factsIn(facts.cluster);
      assert.ok(cluster);
      assert.equal(verdictOf(facts).kind, "different");
      const nodeSecurityGroups = [...cluster.nodeSecurityGroups, "sg-more"];
      const both = { ...facts, cluster: known({ ...cluster, nodeSecurityGroups }) };
      assert.equal(verdictOf(both).kind, "equivalent");
    }
  });

  it("let clients past the listener if they are from everywhere for all node ports", async () => {
    const facts = await withRules((rules) =>
      rules.map((rule) => ({ ...forAllNodePorts(rule), source: "0.0.0.0/0" })),
    );
    const [sentence] = admission.opensMore(comparedOf(facts, openstack));
    assert.match(
      sentence ?? "",
      /other Services too, and lets clients past the listeners and their allowed CIDRs\.$/,
    );
  });

  it("must reach the ports of health monitors", async () => {
    const facts = await withRules((rules) => rules.flatMap((rule) => halves(rule).slice(1)));
    const cluster = factsIn(facts.cluster);
    assert.ok(cluster);
    assert.match(
      admission.shutOut(facts.left, cluster).join(),
      /^the health monitor of a TCP pool cannot reach the nodes: no rule lets [\d./]+ in to tcp 30070$/,
    );
    assert.deepEqual(admission.shutOut(facts.right, cluster), []);
  });
});
