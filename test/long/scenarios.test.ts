/**
 * Every scenario on a separate lab: both ways behave as documented under traffic, failure and change.
 * These tests prove nothing about AWS itself: its API is emulated, and the clocks run faster.
 */
import { chosen } from "../../cli/verify/chosen.ts";
import { featuresOf } from "../../cli/verify/labTestbed.ts";
import { aws } from "../../comparison/clouds/aws/index.ts";
import { textOf } from "../../comparison/scenarios/scenario.ts";
import type { ScenarioResult } from "../../comparison/result/scenarioSchema.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";
import { assertAsDocumented, verifiedOn, verifyMinutes } from "./verified.ts";

/** Those that the default controller can serve: loadBalancerControllerScenarios.test.ts runs all. */
const { run: served } = chosen(
  { ids: [], quick: false },
  featuresOf(aws, undefined, { loadBalancerProxy: true }),
);

describe("both ways in npm run verify", function () {
  let results: ReadonlyMap<string, ScenarioResult>;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
  });
  before(async function () {
    this.timeout(minutes(verifyMinutes));
    results = await verifiedOn({ "lab:loadBalancerProxy": true });
  });

  for (const { id, question } of served)
    it(`behave as documented: ${textOf(question, aws.words)}`, () => assertAsDocumented(results.get(id)));
});
