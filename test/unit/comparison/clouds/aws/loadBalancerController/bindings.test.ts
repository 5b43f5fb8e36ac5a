import assert from "node:assert/strict";
import { aws } from "../../../../../../comparison/clouds/aws/index.ts";
import type { AwsFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { judge } from "../../../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../../../comparison/difference/compared.ts";
import { lifeCycleOf } from "../../../../../../comparison/difference/lifeCycle.ts";
import type { Owner } from "../../../../../../comparison/model/owner.ts";
import { known } from "../../../../../../comparison/model/sourceResult.ts";
import { plannedFacts } from "../../../../../../comparison/plan/facts.ts";
import { planProgram } from "../../../../../../comparison/plan/plan.ts";
import { defaultCloud, nodesOn } from "../../../../../../lab/clouds/index.ts";
import { devConfig, project } from "../../../../program/stackFiles.ts";
import { facts as factsOf, names, program } from "../../../plan/planned.ts";

const lbc = "aws-load-balancer-controller";

async function planned(config: Readonly<Record<string, string>>): Promise<AwsFacts> {
  const configuration = { project, stack: "test", values: devConfig(config) };
  const plan = await planProgram(configuration, nodesOn(defaultCloud), program);
  return plannedFacts({ ...plan, cloud: aws }, names) as AwsFacts;
}

const judged = (facts: AwsFacts) => judge(comparedOf(facts, aws), { traffic: [], statements: [] });
const verdictOf = (facts: AwsFacts): string[] => {
  const { kind, reasons } = judged(facts).verdict;
  return [kind, ...reasons];
};
const isExplainedByBinding = (facts: AwsFacts): boolean =>
  judged(facts).explanations.some(({ id }) => id === "targets-of-a-binding");

/** The same with other owners of the left targets. */
function registeredBy(facts: AwsFacts, by: Owner): AwsFacts {
  const loadBalancer = factsOf(facts.left.loadBalancer);
  const pools = loadBalancer.pools.map((group) => ({
    ...group,
    members: group.members.map((member) => ({ ...member, owner: by })),
  }));
  return { ...facts, left: { ...facts.left, loadBalancer: known({ ...loadBalancer, pools }) } };
}

describe("targets that the AWS Load Balancer Controller registers for a program", () => {
  it("have another owner than those of the cloud controller manager, for a reason of their own", async () => {
    const facts = await planned({ targetGroupBinding: "true" });
    assert.deepEqual(verdictOf(facts), ["equivalent"]);
    assert.equal(isExplainedByBinding(facts), true);
  });

  it("have the owner of the controller's own targets, which is no difference", async () => {
    const facts = await planned({ targetGroupBinding: "true", controller: lbc });
    assert.deepEqual(verdictOf(facts), ["equivalent"]);
    assert.equal(isExplainedByBinding(facts), false);
  });

  it("are a difference without a reason if somebody else registers them", async () => {
    for (const controller of ["aws-cloud-controller-manager", lbc]) {
      const facts = registeredBy(await planned({ targetGroupBinding: "true", controller }), "other");
      assert.equal(judged(facts).verdict.kind, "different", controller);
    }
  });

  it("live as the controller's own, and the rest as the program's", async () => {
    const rows = async (config: Readonly<Record<string, string>>) => {
      const { left, right } = await planned(config);
      return lifeCycleOf({ cloud: aws, left, right });
    };
    const plain = await rows({});
    const withBinding = await rows({ targetGroupBinding: "true" });
    const ofController = await rows({ controller: lbc });
    const targets = "targets, when nodes come and go";
    for (const verb of ["creates", "updates", "repairs", "deletes"] as const) {
      const of = (table: typeof plain, object: string) => table.find((row) => row.object === object)?.[verb];
      assert.equal(of(withBinding, targets)?.left, of(ofController, targets)?.right);
      assert.equal(of(withBinding, targets)?.right, of(plain, targets)?.right);
      for (const { object } of plain.filter((row) => row.object !== targets))
        assert.equal(of(withBinding, object)?.left, of(plain, object)?.left, object);
    }
  });
});
