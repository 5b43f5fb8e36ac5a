import assert from "node:assert/strict";
import { nodeRulesOf } from "../../../../../../comparison/clouds/aws/plan/nodeRules.ts";
import { planProgram } from "../../../../../../comparison/plan/plan.ts";
import { defaultCloud, nodesOn } from "../../../../../../lab/clouds/index.ts";
import { devConfig, project } from "../../../../program/stackFiles.ts";
import { program } from "../../../../comparison/plan/planned.ts";

/** How many rules the program declares, and how many controllers make. */
async function counts(...ways: readonly string[]): Promise<[declared: number, predicted: number]> {
  const weightedName = JSON.stringify({
    ...{ hostedZone: "lab.example", domainName: "shop.lab.example" },
    weights: Object.fromEntries(ways.map((way) => [way, 1])),
  });
  const values = devConfig({ weightedName });
  const rules = nodeRulesOf(
    await planProgram({ project, stack: "dev", values }, nodesOn(defaultCloud), program),
  );
  const declared = rules.filter(({ owner }) => owner === "program").length;
  return [declared, rules.length - declared];
}

describe("the nodes' rules of a program", () => {
  it("are those of every way, of a neighbour, and those that all share, each once", async () => {
    // Clients of one port, and path MTU discovery.
    assert.deepEqual(await counts("nodePort"), [2, 0]);
    assert.deepEqual(await counts("shared"), [3, 0]);
    assert.deepEqual(await counts("nodePort", "shared"), [4, 0]);
    const [declared, byController] = await counts("nodePort", "loadBalancer");
    assert.equal(declared, 2);
    assert.ok(byController > 0);
    assert.deepEqual(await counts("nodePort", "shared", "loadBalancer"), [4, byController]);
  });
});
