import assert from "node:assert/strict";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import type { AwsFacts, TargetGroupFacts } from "../../../../comparison/clouds/aws/model.ts";
import { comparedOf } from "../../../../comparison/difference/compared.ts";
import { judge } from "../../../../comparison/difference/compare.ts";
import { factsIn, known } from "../../../../comparison/model/sourceResult.ts";
import { cluster, facts } from "./facts.ts";

type Target = TargetGroupFacts["members"][number];

/** The left's targets by the nodes' addresses. */
function byAddress(change: (target: Target, index: number) => Target = (target) => target): AwsFacts {
  const balancer = factsIn(facts.left.loadBalancer) ?? assert.fail();
  const pools = balancer.pools.map((pool) => ({
    ...pool,
    targetType: "ip",
    members: pool.members.map((member, index) =>
      change(
        { ...member, id: cluster.nodes.find(({ instanceId }) => instanceId === member.id)?.address ?? "" },
        index,
      ),
    ),
  }));
  return { ...facts, left: { ...facts.left, loadBalancer: known({ ...balancer, pools }) } };
}

const reasonsOf = (of: AwsFacts): readonly string[] =>
  judge(comparedOf(of, aws), { traffic: [], statements: [] }).verdict.reasons;

const sameNodes =
  "targets are the same nodes, registered as 10.0.0.10, 10.0.16.10, 10.0.32.10 on the left and as i-a, i-b, i-c on the right";

describe("targets by address on one side and by instance on the other", () => {
  it("are one reason where they are the same nodes", () => {
    assert.deepEqual(reasonsOf(byAddress()), [sameNodes]);
  });

  it("are one reason the other way round", () => {
    const { left, right, ...rest } = byAddress();
    assert.equal(reasonsOf({ ...rest, left: right, right: left }).length, 1);
  });

  it("do not hide a target that is no node", () => {
    const reasons = reasonsOf(
      byAddress((target, index) => (index === 0 ? { ...target, id: "10.9.9.9" } : target)),
    );
    assert.ok(
      reasons.some((reason) => reason.includes("10.9.9.9")),
      reasons.join("\n"),
    );
  });

  it("do not hide a target in another state", () => {
    const reasons = reasonsOf(
      byAddress((target, index) => (index === 0 ? { ...target, state: "unhealthy" } : target)),
    );
    assert.ok(reasons.length > 1, reasons.join("\n"));
  });
});
