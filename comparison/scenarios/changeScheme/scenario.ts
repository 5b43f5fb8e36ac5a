/** The scheme is changed, and changed back. */
import type { Side } from "../../result/bySide.ts";
import { altered } from "../alteration/altered.ts";
import type { Step } from "../alteration/altered.ts";
import { alteredFindings, alteredTimelines } from "../alteration/conclude.ts";
import type { ExpectedStep, MeasuredAlteration } from "../alteration/conclude.ts";
import { isGap, isNoGap, isNone, isSome } from "../alteration/expectations.ts";
import { differing } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { allHealthy } from "../testbed/health.ts";
import type { Testbed } from "../testbed/testbed.ts";

const variant = "plain";

/** Several times what a controller needs to act on the change. */
const patienceSeconds = 5;

const controller =
  "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go";

const replaces =
  "AWS cannot change a load balancer's scheme. The program's load balancer is replaced, with its target groups, and gets another name: clients that go on using the old name find nothing. The cloud controller manager leaves its load balancer as it is, whatever the annotation says.";

export const changeScheme: Scenario<MeasuredAlteration> = {
  id: "change-scheme",
  title: "The scheme changed",
  question: "What happens to a load balancer, its name and its clients when it must become internal?",
  quick: false,
  needs: ["internal scheme", "members by node", "member health"],
  measure: (testbed) =>
    altered(testbed, {
      variant,
      there: step(testbed, (side) => testbed.deploy({ variant, side, options: { scheme: "internal" } })),
      back: step(testbed, () => testbed.deploy()),
    }),
  conclude: (measured) => [
    ...alteredFindings(measured, {
      there: expected("internal"),
      back: expected("internet-facing again"),
      nameStays: differing(replaces, controller, {
        left: (value) => value === false,
        right: (value) => value === true,
      }),
    }),
    {
      title: "internal: the load balancer's scheme",
      unit: "",
      ...bySide(measured, ({ happened }) => happened.there.seen),
      expected: differing(replaces, controller, {
        left: (value) => value === "internal",
        right: (value) => value === "internet-facing",
      }),
    },
  ],
  timelines: (measured) => alteredTimelines(measured, { there: "internal", back: "internet-facing again" }),
};

/** Whoever does not act on it has had the time to. */
function step(testbed: Testbed, make: (side: Side) => Promise<void>): Step {
  return {
    make: (_, side) => make(side),
    settled: async (target) => {
      await testbed.clock.sleep(patienceSeconds);
      await allHealthy(testbed, [target]);
    },
    look: ({ address }) => testbed.cloud.scheme(address),
  };
}

function expected(name: string): ExpectedStep {
  const lost = differing(replaces, controller, { left: isSome, right: isNone });
  return {
    name,
    lost,
    lostKeptAlive: lost,
    gap: differing(replaces, controller, { left: isGap, right: isNoGap }),
    objects: differing(replaces, controller, {
      left: (value) => value === "1 load balancer replaced, 1 listener replaced, 1 target group replaced",
      right: (value) => value === "nothing",
    }),
  };
}
