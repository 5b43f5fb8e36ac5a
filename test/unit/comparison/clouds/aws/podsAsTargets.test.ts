import assert from "node:assert/strict";
import { aws } from "../../../../../comparison/clouds/aws/index.ts";
import type { AwsExposure, TargetGroupFacts } from "../../../../../comparison/clouds/aws/model.ts";
import { judge } from "../../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../../comparison/difference/compared.ts";
import type { MemberFacts } from "../../../../../comparison/model/loadBalancer.ts";
import { factsIn, known } from "../../../../../comparison/model/sourceResult.ts";
import { facts } from "../../difference/facts.ts";

const nodes = facts.left;
const pods = withGroup(nodes, (group) => ({
  ...group,
  targetType: "ip",
  port: 8080,
  attributes: { ...group.attributes, "preserve_client_ip.enabled": "false" },
  members: (factsIn(nodes.endpoints) ?? []).map(({ address: id }) => ({ ...target(group), id, port: 8080 })),
}));

function target({ members }: TargetGroupFacts): MemberFacts {
  return members[0] ?? assert.fail();
}

function withGroup(
  exposure: AwsExposure,
  change: (group: TargetGroupFacts) => TargetGroupFacts,
): AwsExposure {
  const balancer = factsIn(exposure.loadBalancer) ?? assert.fail();
  const { nodes: ofNodes, loadBalancer } = factsIn(exposure.firewall) ?? assert.fail();
  const pools = balancer.pools.map(change);
  const port = pools[0]?.port ?? assert.fail();
  return {
    ...exposure,
    loadBalancer: known({ ...balancer, pools }),
    firewall: known({
      nodes: ofNodes.map((rule) =>
        rule.ipProtocol === "tcp" ? { ...rule, fromPort: port, toPort: port } : rule,
      ),
      loadBalancer,
    }),
  };
}

const withTargets = (
  exposure: AwsExposure,
  change: (members: readonly MemberFacts[]) => readonly MemberFacts[],
): AwsExposure => withGroup(exposure, (group) => ({ ...group, members: change(group.members) }));

function verdictOn(left: AwsExposure, right: AwsExposure) {
  return judge(comparedOf({ ...facts, left, right }, aws), { traffic: [], statements: [] }).verdict;
}

/** Either side may have the nodes. */
function reasonsOf(ofNodes: AwsExposure, ofPods: AwsExposure): readonly string[] {
  const verdict = verdictOn(ofNodes, ofPods);
  assert.equal(verdict.kind, verdictOn(ofPods, ofNodes).kind);
  assert.equal(verdict.kind, verdict.reasons.length === 0 ? "equivalent" : "different");
  return verdict.reasons;
}

describe("nodes beside pods as targets", () => {
  it("are a known difference where all nodes are targets, and all ready pods", () => {
    assert.deepEqual(reasonsOf(nodes, pods), []);
  });

  const foreign: readonly (readonly [string, Partial<MemberFacts>])[] = [
    ["a machine that is no node", { id: "i-foreign" }],
    ["an address that is no pod's", { id: "10.0.99.99" }],
    ["another port", { port: 31_999 }],
  ];
  for (const [what, changes] of foreign) {
    const more = (members: readonly MemberFacts[]) => [
      ...members,
      { ...(members[0] ?? assert.fail()), ...changes },
    ];
    it(`are different with one more target behind nodes: ${what}`, () => {
      const reasons = reasonsOf(withTargets(nodes, more), pods);
      assert.equal(reasons.length, 1, reasons.join("\n"));
      assert.match(reasons.join(), /^the left has another target, /);
    });

    it(`are different with one more target behind pods: ${what}`, () => {
      assert.match(reasonsOf(nodes, withTargets(pods, more)).join(), /the right has another target, /);
    });
  }

  const fewer = (members: readonly MemberFacts[]) => members.slice(1);
  it("are different for one reason if a node is no target", () => {
    assert.equal(reasonsOf(withTargets(nodes, fewer), pods).length, 1);
  });

  it("are different for one reason if a ready pod is no target", () => {
    assert.equal(reasonsOf(nodes, withTargets(pods, fewer)).length, 1);
  });

  it("are different if somebody else registered a target", () => {
    const byOther = (members: readonly MemberFacts[]) =>
      members.map((each, index) => (index === 0 ? { ...each, owner: "other" as const } : each));
    assert.equal(reasonsOf(withTargets(nodes, byOther), pods).length, 1);
    assert.equal(reasonsOf(nodes, withTargets(pods, byOther)).length, 1);
  });
});
