/** The scheme is changed, and changed back. */
import type { Scheme } from "../../clouds/operations.ts";
import { eventually } from "../../eventually.ts";
import type { Side } from "../../result/bySide.ts";
import { altered } from "../alteration/altered.ts";
import type { Step } from "../alteration/altered.ts";
import { alteredFindings, alteredTimelines } from "../alteration/conclude.ts";
import { expectedName } from "../alteration/met.ts";
import type { MeasuredAlteration } from "../alteration/conclude.ts";
import { attempt } from "../outcome.ts";
import { bySideAsDocumented } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { allHealthy } from "../testbed/health.ts";
import type { Deploy, Target, Testbed } from "../testbed/testbed.ts";

const variant = "plain";

/** Several times what a controller needs to act on the change. */
const patienceSeconds = 10;

const names = { there: "internal", back: "internet-facing again" };

export const changeScheme: Scenario<MeasuredAlteration> = {
  id: "change-scheme",
  title: "The scheme changed",
  question: "What happens to a load balancer, its name and its clients when it must become internal?",
  quick: false,
  needs: ["internal scheme", "members by node", "member health"],
  measure: (testbed) =>
    altered(testbed, {
      variant,
      there: step(testbed, "internal", (side, how) =>
        testbed.deploy({ variant, side, options: { scheme: "internal" } }, how),
      ),
      back: step(testbed, "internet-facing", (_, how) => testbed.deploy(undefined, how)),
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
      {
        title: `internal: the ${at.words.name} stays`,
        unit: "",
        ...bySide(measured, ({ happened: { address, there } }) => there.address === address),
        expected: expectedName(expected.nameStays),
      },
    ];
  },
  timelines: (measured) => alteredTimelines(measured, names),
};

function step(testbed: Testbed, scheme: Scheme, make: (side: Side, how?: Deploy) => Promise<void>): Step {
  const { clock, cloud, signal } = testbed;
  return {
    make: (_, side) => make(side),
    settled: async (target, side) => {
      const hasScheme = async () => (await cloud.scheme(await addressOf(testbed, target))) === scheme;
      // Whoever does not act on it has had the time to.
      await attempt(() => eventually(`${target.way}: ${scheme}`, hasScheme, patienceSeconds, clock), signal);
      // A controller that replaces its load balancer does so when Pulumi has read the address already.
      if ((await addressOf(testbed, target)) !== target.address) await make(side, { refresh: true });
      await allHealthy(testbed, [testbed.targets(variant)[side]]);
    },
    look: ({ address }) => cloud.scheme(address),
  };
}

/** The load balancer's address as it is now: the Service's status has it, if a controller made the load balancer. */
async function addressOf({ cluster }: Pick<Testbed, "cluster">, target: Target): Promise<string> {
  const [ingress] = (await cluster.service(target)).status?.loadBalancer?.ingress ?? [];
  return ingress?.hostname ?? ingress?.ip ?? target.address;
}
