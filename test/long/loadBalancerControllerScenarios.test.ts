/**
 * Scenarios where the AWS Load Balancer Controller serves the LoadBalancer Services, on a separate lab.
 * These tests prove nothing about AWS itself: its API is emulated, and the clocks run faster.
 */
import assert from "node:assert/strict";
import { aws } from "../../comparison/clouds/aws/index.ts";
import { scenarios } from "../../comparison/scenarios/catalogue.ts";
import { textOf } from "../../comparison/scenarios/scenario.ts";
import type { ScenarioResult } from "../../comparison/result/scenarioSchema.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";
import { assertAsDocumented, verifiedOn, verifyMinutes } from "./verified.ts";

describe("scenarios with the AWS Load Balancer Controller", function () {
  let results: ReadonlyMap<string, ScenarioResult>;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
  });
  before(async function () {
    this.timeout(minutes(verifyMinutes));
    results = await verifiedOn({
      "nodeport-vs-loadbalancer:controller": "aws-load-balancer-controller",
      "lab:loadBalancerProxy": true,
    });
  });

  for (const { id, question } of scenarios)
    it(`behave as documented: ${textOf(question, aws.words)}`, () => assertAsDocumented(results.get(id)));

  it("reach only the hand-made load balancer's nodes at their node ports", () => {
    const byNode = results
      .get("answers")
      ?.findings.find(({ title }) => title === "answered by each node's address and node port");
    assert.deepEqual([byNode?.left.text, byNode?.right.text], ["100 %", "0 %"]);
  });
});
