/** 11. The external traffic policy is flipped. */
import { altered } from "../alteration/altered.ts";
import { alteredFindings } from "../alteration/conclude.ts";
import type { ExpectedStep } from "../alteration/conclude.ts";
import type { Testbed, Target } from "../testbed/testbed.ts";
import { healthyOnce } from "../testbed/health.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { isNoGap, isNone, isRegistration, isSome } from "../alteration/expectations.ts";

const variant = "plain";

const controller =
  "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go";

/** Of both ways' checks by default, by policy. */
const intervalSeconds = { Cluster: 30, Local: 10 };

export const changePolicy: Scenario = {
  id: "change-policy",
  title: "The external traffic policy flipped",
  question: "What is lost when externalTrafficPolicy goes from Cluster to Local and back?",
  quick: false,
  async run(testbed) {
    const loaded = await altered(testbed, {
      variant,
      there: {
        make: (_, side) => testbed.deploy({ variant, side, options: { externalTrafficPolicy: "Local" } }),
        settled: checkedEvery(testbed, intervalSeconds.Local),
      },
      back: { make: () => testbed.deploy(), settled: checkedEvery(testbed, intervalSeconds.Cluster) },
    });
    return alteredFindings(loaded, {
      there: expected("Cluster to Local", testbed.timeScale),
      back: expected("Local to Cluster", testbed.timeScale),
      nameStays: bothAlike(
        "Neither the load balancer nor its listener is replaced.",
        controller,
        (value) => value === true,
      ),
    });
  },
};

const checkedEvery = (testbed: Testbed, seconds: number) => (target: Target) =>
  healthyOnce(testbed, target, `health checks every ${seconds} s`, async ({ hostname }) =>
    (await testbed.account.targetGroups(hostname)).every(
      ({ HealthCheckIntervalSeconds }) => HealthCheckIntervalSeconds === seconds,
    ),
  );

function expected(name: string, timeScale: number): ExpectedStep {
  const replaces =
    "The program changes its target group's health check in place. The cloud controller makes a new target group when the check's protocol or interval changes, and both do with the policy; until its targets are registered, 180 to 300 s on AWS, no new connection is taken.";
  return {
    name,
    lost: differing(replaces, controller, { left: isNone, right: isSome }),
    lostKeptAlive: bothAlike(
      "Connections that exist go on at their old target, also when it is registered no more.",
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
