/** The external traffic policy is changed, and changed back. */
import { altered } from "../alteration/altered.ts";
import { alteredFindings, alteredTimelines } from "../alteration/conclude.ts";
import type { MeasuredAlteration } from "../alteration/conclude.ts";
import type { Scenario } from "../scenario.ts";
import { healthyOnce } from "../testbed/health.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import type { Checks } from "../clocks.ts";

const variant = "plain";

const names = { there: "Cluster to Local", back: "Local to Cluster" };

export const changePolicy: Scenario<MeasuredAlteration> = {
  id: "change-policy",
  title: "The external traffic policy changed",
  question: "What is lost when externalTrafficPolicy goes from Cluster to Local and back?",
  quick: false,
  needs: ["members by node", "member health"],
  measure: (testbed) =>
    altered(testbed, {
      variant,
      there: {
        make: (_, side) => testbed.deploy({ variant, side, options: { externalTrafficPolicy: "Local" } }),
        settled: checkedEvery(testbed, testbed.clocks.checks.Local),
      },
      back: { make: () => testbed.deploy(), settled: checkedEvery(testbed, testbed.clocks.checks.Cluster) },
    }),
  conclude: (measured, at) => alteredFindings(measured, at, { ...at.expectations.changePolicy, names }),
  timelines: (measured) => alteredTimelines(measured, names),
};

const checkedEvery =
  (testbed: Testbed, { intervalSeconds: seconds }: Checks) =>
  (target: Target) =>
    healthyOnce(testbed, target, `health checks every ${seconds} s`, async ({ address }) =>
      (await testbed.cloud.pools(address)).every(({ check }) => check.intervalSeconds === seconds),
    );
