/**
 * Scenarios where the AWS Load Balancer Controller serves the LoadBalancer Services, on a separate lab.
 * These tests prove nothing about AWS itself: its API is emulated, and the clocks run faster.
 */
import assert from "node:assert/strict";
import { scenarios } from "../../comparison/scenarios/catalogue.ts";
import type { ScenarioResult } from "../../comparison/result/scenarioSchema.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

describe("scenarios with the AWS Load Balancer Controller", function () {
  // A scenario is repeated where the machine was too busy to tell what was lost.
  this.timeout(minutes(20));
  let project: Project;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    project.configure("nodeport-vs-loadbalancer:controller", "aws-load-balancer-controller");
    project.configure("lab:loadBalancerProxy", true);
    await project.succeed("lab", "up");
  });
  after(() => project.remove());

  async function verify(...args: readonly string[]): Promise<readonly ScenarioResult[]> {
    const { stdout, stderr } = await project.run("verify", "--json", ...args);
    assert.match(stdout, /^\{/, `${stdout}\n${stderr}`);
    return (JSON.parse(stdout) as { readonly scenarios: readonly ScenarioResult[] }).scenarios;
  }

  function assertAsDocumented({ id, failure, findings }: ScenarioResult): void {
    assert.equal(failure, null, id);
    assert.notEqual(findings.length, 0, id);
    const amiss = findings.filter(({ verdict }) => !["same", "as documented"].includes(verdict));
    assert.deepEqual(amiss, [], id);
  }

  it("behave as documented: all that npm start runs", async () => {
    const results = await verify("--quick");
    assert.deepEqual(
      results.map(({ id }) => id).sort(),
      scenarios
        .filter(({ quick }) => quick)
        .map(({ id }) => id)
        .sort(),
    );
    results.forEach(assertAsDocumented);
    const byNode = results
      .find(({ id }) => id === "answers")
      ?.findings.find(({ title }) => title === "answered by each node's address and node port");
    assert.deepEqual([byNode?.left.text, byNode?.right.text], ["100 %", "0 %"]);
  });

  for (const { id } of scenarios.filter(({ quick }) => !quick))
    it(`behave as documented: ${id}`, async () => {
      for (const result of await verify("--scenario", id)) assertAsDocumented(result);
    });
});
