/** The external traffic policy is changed, and changed back. */
import { altered } from "../alteration/altered.ts";
import { alteredFindings, alteredTimelines } from "../alteration/conclude.ts";
import type { ExpectedStep, MeasuredAlteration } from "../alteration/conclude.ts";
import { isNoGap, isNone, isRegistration, isSome } from "../alteration/expectations.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { healthyOnce } from "../testbed/health.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";

const variant = "plain";

const controller =
  "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go";

/** Of both ways' checks by default, by policy. */
const intervalSeconds = { Cluster: 30, Local: 10 };

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
        settled: checkedEvery(testbed, intervalSeconds.Local),
      },
      back: { make: () => testbed.deploy(), settled: checkedEvery(testbed, intervalSeconds.Cluster) },
    }),
  conclude: (measured, { timeScale }) =>
    alteredFindings(measured, {
      there: expected("Cluster to Local", timeScale),
      back: expected("Local to Cluster", timeScale),
      nameStays: bothAlike(
        "Neither the load balancer nor its listener is replaced.",
        controller,
        (value) => value === true,
      ),
    }),
  timelines: (measured) =>
    alteredTimelines(measured, { there: "Cluster to Local", back: "Local to Cluster" }),
};

const checkedEvery = (testbed: Testbed, seconds: number) => (target: Target) =>
  healthyOnce(testbed, target, `health checks every ${seconds} s`, async ({ address }) =>
    (await testbed.cloud.pools(address)).every(({ check }) => check.intervalSeconds === seconds),
  );

function expected(name: string, timeScale: number): ExpectedStep {
  const replaces =
    "The program changes its target group's health check in place. The cloud controller manager makes a new target group when the check's protocol or interval changes, and both change with the policy. Until its targets are registered, 180 to 300 s on AWS, no new connection is accepted.";
  return {
    name,
    lost: differing(replaces, controller, { left: isNone, right: isSome }),
    lostKeptAlive: bothAlike(
      "Existing connections continue at their old target, even after it is deregistered.",
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay",
      isNone,
    ),
    gap: differing(replaces, controller, { left: isNoGap, right: isRegistration(timeScale) }),
    objects: differing(replaces, controller, {
      left: (value) => value === "nothing",
      right: (value) => value === "1 target group replaced, 3 rules replaced",
    }),
  };
}
