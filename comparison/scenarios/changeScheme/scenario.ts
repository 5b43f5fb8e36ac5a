/** The scheme is changed, and changed back. */
import type { Side } from "../../result/bySide.ts";
import { altered } from "../alteration/altered.ts";
import type { Step } from "../alteration/altered.ts";
import { alteredFindings, alteredTimelines } from "../alteration/conclude.ts";
import type { MeasuredAlteration } from "../alteration/conclude.ts";
import { bySideAsDocumented } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { allHealthy } from "../testbed/health.ts";
import type { Testbed } from "../testbed/testbed.ts";

const variant = "plain";

/** Several times what a controller needs to act on the change. */
const patienceSeconds = 5;

const names = { there: "internal", back: "internet-facing again" };

export const changeScheme: Scenario<MeasuredAlteration> = {
  id: "change-scheme",
  title: "The scheme changed",
  question: "What happens to a load balancer, its name and its clients when it must become internal?",
  quick: false,
  needs: ["default controller", "internal scheme", "members by node", "member health"],
  measure: (testbed) =>
    altered(testbed, {
      variant,
      there: step(testbed, (side) => testbed.deploy({ variant, side, options: { scheme: "internal" } })),
      back: step(testbed, () => testbed.deploy()),
    }),
  conclude: (measured, at) => {
    const { scheme, ...expected } = at.expectations.changeScheme;
    return [
      ...alteredFindings(measured, at, { ...expected, names }),
      {
        title: "internal: the load balancer's scheme",
        unit: "",
        ...bySide(measured, ({ happened }) => happened.there.seen),
        expected: bySideAsDocumented(scheme),
      },
    ];
  },
  timelines: (measured) => alteredTimelines(measured, names),
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
