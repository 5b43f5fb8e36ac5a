/**
 * Every scenario on a separate lab: both ways behave as documented under traffic, failure and change.
 * These tests prove nothing about AWS itself: its API is emulated, and the clocks run faster.
 */
import { chosen } from "../../cli/verify/chosen.ts";
import { featuresOf } from "../../cli/verify/labTestbed.ts";
import { aws } from "../../comparison/clouds/aws/index.ts";
import { testScenariosOn } from "./scenariosOn.ts";

/** Those that the default controller can serve: loadBalancerControllerScenarios.test.ts runs all. */
const { run: served } = chosen(
  { ids: [], quick: false },
  featuresOf(aws, undefined, { loadBalancerProxy: true }),
);

describe("both ways in npm run verify", () => {
  testScenariosOn({ "lab:loadBalancerProxy": true }, served);
});
