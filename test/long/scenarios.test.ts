/**
 * Every scenario on a separate lab: both ways behave as documented under traffic, failure and change.
 * These tests prove nothing about AWS itself: its API is emulated, and the clocks run faster.
 */
import assert from "node:assert/strict";
import { chosen } from "../../cli/verify/chosen.ts";
import { featuresOf } from "../../cli/verify/labTestbed.ts";
import { aws } from "../../comparison/clouds/aws/index.ts";
import { textOf } from "../../comparison/scenarios/scenario.ts";
import type { ScenarioResult } from "../../comparison/result/scenarioSchema.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

/** Those that the default controller can serve: loadBalancerControllerScenarios.test.ts runs all. */
const { run: served } = chosen(
  { ids: [], quick: false },
  featuresOf(aws, undefined, { loadBalancerProxy: true }),
);

describe("both ways in npm run verify", function () {
  let project: Project;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    project.configure("lab:loadBalancerProxy", true);
  });

  before(async function () {
    this.timeout(minutes(5));
    await project.succeed("lab", "up");
  });

  after(async function () {
    this.timeout(minutes(2));
    await project.remove();
  });

  async function verify(id: string): Promise<ScenarioResult> {
    const { stdout, stderr } = await project.run("verify", "--json", "--scenario", id);
    const printed = `${stdout}\n${stderr}`;
    assert.match(stdout, /^\{/, printed);
    const { scenarios: results } = JSON.parse(stdout) as { readonly scenarios: readonly ScenarioResult[] };
    const result = results.find((each) => each.id === id);
    assert.ok(result !== undefined, printed);
    return result;
  }

  for (const { id, question } of served) {
    it(`behave as documented: ${textOf(question, aws.words)}`, async function () {
      this.timeout(minutes(20));
      const result = await verify(id);
      assert.equal(result.failure, null);
      assert.notEqual(result.findings.length, 0);
      const amiss = result.findings.filter(({ verdict }) => !["same", "as documented"].includes(verdict));
      assert.deepEqual(amiss, []);
    });
  }
});
