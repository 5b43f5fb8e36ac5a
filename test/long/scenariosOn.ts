/** Scenarios on a lab of their own, as `npm run verify` runs them. */
import assert from "node:assert/strict";
import { aws } from "../../comparison/clouds/aws/index.ts";
import type { ScenarioResult } from "../../comparison/result/scenarioSchema.ts";
import { textOf } from "../../comparison/scenarios/scenario.ts";
import type { Scenario } from "../../comparison/scenarios/scenario.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

/**
 * Declares the tests of a suite: the quick scenarios at once, as `npm start` runs them, and each of the others by itself.
 * @returns the results of the quick ones by scenario, once they have run
 */
export function testScenariosOn(
  configuration: Readonly<Record<string, string | boolean>>,
  scenarios: readonly Scenario[],
): () => ReadonlyMap<string, ScenarioResult> {
  let project: Project;
  const results = new Map<string, ScenarioResult>();

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    for (const [key, value] of Object.entries(configuration)) project.configure(key, value);
    await project.succeed("lab", "up");
  });
  after(async function () {
    this.timeout(minutes(2));
    await project.remove();
  });

  async function verify(...args: readonly string[]): Promise<void> {
    const { stdout, stderr } = await project.run("verify", "--json", ...args);
    assert.match(stdout, /^\{/, `${stdout}\n${stderr}`);
    const found = JSON.parse(stdout) as { readonly scenarios: readonly ScenarioResult[] };
    for (const result of found.scenarios) results.set(result.id, result);
  }

  before(async function () {
    this.timeout(minutes(20));
    await verify("--quick");
  });
  for (const { id, question, quick } of scenarios)
    it(`behave as documented: ${textOf(question, aws.words)}`, async function () {
      // A scenario is repeated where the machine was too busy to tell what was lost.
      this.timeout(minutes(20));
      if (!quick) await verify("--scenario", id);
      assertAsDocumented(results.get(id));
    });
  return () => results;
}

function assertAsDocumented(result: ScenarioResult | undefined): void {
  assert.ok(result !== undefined, "it did not run");
  assert.equal(result.failure, null);
  assert.notEqual(result.findings.length, 0);
  const amiss = result.findings.filter(({ verdict }) => !["same", "as documented"].includes(verdict));
  assert.deepEqual(amiss, []);
}
