import assert from "node:assert/strict";
import { join } from "node:path";
import { readStackConfiguration } from "../../../../cli/stackConfiguration.ts";
import { planProgram } from "../../../../comparison/plan/plan.ts";
import { program } from "./planned.ts";
import { defaultCloud, nodesOn } from "../../../../lab/clouds/index.ts";

const nodes = nodesOn(defaultCloud);

const configuration = readStackConfiguration(join(import.meta.dirname, "../../../.."), "dev");

describe("the plan of the program", () => {
  it("lists what the program declares, repeatedly, without engine, cluster or account", async () => {
    for (let time = 0; time < 2; time++) {
      const { declared } = await planProgram(configuration, nodes, program);
      assert.equal(declared.filter(({ custom }) => custom).length, 16);
      assert.equal(
        declared.filter(({ type }) => type.endsWith(":TargetGroupAttachment")).length,
        nodes.length,
      );
    }
  });

  it("has the program's warnings, which an update would show", async () => {
    const values = { ...configuration.values, "nodeport-vs-loadbalancer:scheme": "internal" };
    const { warnings } = await planProgram({ ...configuration, values }, nodes, program);
    assert.match(warnings.join("\n"), /^scheme: a pod of this cluster .*times out/);
    assert.deepEqual((await planProgram(configuration, nodes, program)).warnings, []);
  });

  it("fails as the program does", async () => {
    const values = { ...configuration.values, "nodeport-vs-loadbalancer:loadBalancerSourceRanges": "[]" };
    await assert.rejects(
      planProgram({ ...configuration, values }, nodes, program),
      /loadBalancerSourceRanges: the list is empty/,
    );
  });
});
