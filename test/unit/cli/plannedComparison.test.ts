import assert from "node:assert/strict";
import { comparePlanned } from "../../../cli/plannedComparison.ts";
import { waysIn } from "../../../cli/plannedStack.ts";
import type { PlannedStack } from "../../../cli/plannedStack.ts";
import { planProgram } from "../../../comparison/plan/plan.ts";
import { defaultCloud, nodesOn } from "../../../lab/clouds/index.ts";
import { program } from "../comparison/plan/planned.ts";
import { devConfig, project } from "../program/stackFiles.ts";

async function planned(...ways: readonly string[]): Promise<PlannedStack> {
  const weightedName = JSON.stringify({
    ...{ hostedZone: "lab.example", domainName: "shop.lab.example" },
    weights: Object.fromEntries(ways.map((way) => [way, 1])),
  });
  const values = devConfig({ weightedName });
  const plan = await planProgram({ project, stack: "dev", values }, nodesOn(defaultCloud), program);
  return { ...plan, stack: "dev", ways: waysIn(plan) };
}

describe("the comparison of a planned stack", () => {
  it("is that of its first two ways", async () => {
    const { names, titles, comparison } = comparePlanned(await planned("loadBalancer", "shared", "nodePort"));
    assert.deepEqual(names, { left: "nodeport", right: "shared" });
    assert.deepEqual(titles, ["NodePort + own NLB", "NodePort + shared NLB"]);
    assert.match(comparison.verdict.sentence, /^Equivalent as planned: /);
  });

  for (const [way, title] of [
    ["nodePort", "NodePort + own NLB"],
    ["shared", "NodePort + shared NLB"],
    ["loadBalancer", "LoadBalancer"],
    ["lbc", "LoadBalancer of "],
  ] as const)
    it(`is refused for a stack that has ${way} alone`, async () => {
      const plan = await planned(way);
      assert.deepEqual(
        plan.ways.map(({ name }) => name),
        [way],
      );
      assert.throws(
        () => comparePlanned(plan),
        (error) =>
          error instanceof Error &&
          error.message.startsWith(`the stack dev has one way, ${title}`) &&
          error.message.includes("a comparison needs two; give weightedName.weights in Pulumi.dev.yaml"),
      );
    });
});
