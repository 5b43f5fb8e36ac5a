/** 11. The scheme is changed. */
import { setTimeout as sleep } from "node:timers/promises";
import { altered } from "../alteration/altered.ts";
import type { Step } from "../alteration/altered.ts";
import { alteredFindings } from "../alteration/conclude.ts";
import type { ExpectedStep } from "../alteration/conclude.ts";
import type { Testbed } from "../testbed/testbed.ts";
import { allHealthy } from "../testbed/health.ts";
import { differing } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { isGap, isNoGap, isNone, isSome } from "../alteration/expectations.ts";

const variant = "plain";

/** Some times what the cloud controller takes for what it does. */
const patienceSeconds = 5;

const controller =
  "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go";

const replaces =
  "AWS cannot change a load balancer's scheme. The program's is replaced, with its target groups, and has another name: who goes on using the old one finds nobody. The cloud controller leaves its load balancer as it is, whatever the annotation says.";

export const changeScheme: Scenario = {
  id: "change-scheme",
  title: "The scheme changed",
  question: "What becomes of a load balancer, its name and its clients when it has to become internal?",
  quick: false,
  async run(testbed) {
    const loaded = await altered(testbed, {
      variant,
      there: step(testbed, (side) => testbed.deploy({ variant, side, options: { scheme: "internal" } })),
      back: step(testbed, () => testbed.deploy()),
    });
    return [
      ...alteredFindings(loaded, {
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
        ...bySide(loaded, ({ happened }) => happened.there.seen),
        expected: differing(replaces, controller, {
          left: (value) => value === "internal",
          right: (value) => value === "internet-facing",
        }),
      },
    ];
  },
};

/** Whoever does not act on it has had the time for it. */
function step(testbed: Testbed, make: (side: "left" | "right") => Promise<void>): Step {
  return {
    make: (_, side) => make(side),
    settled: async (target) => {
      await sleep(patienceSeconds * 1000, undefined, { signal: testbed.signal });
      await allHealthy(testbed, [target]);
    },
    look: async ({ hostname }) => (await testbed.account.loadBalancer(hostname)).Scheme ?? "",
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
