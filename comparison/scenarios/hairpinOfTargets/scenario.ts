/** A pod that is a member of a load balancer, and calls it. */
import type { BySide } from "../../result/bySide.ts";
import { callAll } from "../hairpin/calls.ts";
import type { Shares } from "../hairpin/calls.ts";
import { attempt } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import type { Scenario } from "../scenario.ts";
import { onBothSides } from "../sides.ts";
import { testbedHealthy } from "../testbed/health.ts";
import { podsHealthy } from "../testbed/podHealth.ts";
import type { Testbed } from "../testbed/testbed.ts";
import type { Change } from "../testbed/variants.ts";
import { conclude, keepings } from "./conclude.ts";
import type { Measured } from "./conclude.ts";
import type { Keeping } from "./expectations.ts";

/** Of two variants, so that each has new pools: a pool may keep what it was told before. */
const changes: Readonly<Record<Keeping, Change>> = {
  kept: { variant: "plain", podMembers: true, preservesClientAddress: true },
  unset: { variant: "local", podMembers: true },
};

export const hairpinOfTargets: Scenario<Measured> = {
  id: "hairpin-of-targets",
  title: "A pod that is a target calls its own load balancer",
  question: "Does a pod reach itself through a load balancer that has the pods themselves as targets?",
  quick: false,
  needs: ["pod members", "zonal addresses", "client address", "member health"],
  async measure(testbed) {
    const found: [Keeping, Measured[Keeping]][] = [];
    for (const keeping of keepings) found.push([keeping, await callsWith(testbed, changes[keeping])]);
    await testbedHealthy(testbed);
    return Object.fromEntries(found) as unknown as Measured;
  },
  conclude,
};

async function callsWith(testbed: Testbed, change: Change): Promise<BySide<Outcome<Shares>>> {
  const { signal } = testbed;
  try {
    const deployed = await attempt(() => testbed.deploy(change), signal);
    if (deployed.kind !== "measured") return { left: deployed, right: deployed };
    return await onBothSides(testbed.targets(change.variant), signal, async (target) => {
      await podsHealthy(testbed, target);
      return callAll(testbed, target);
    });
  } finally {
    // The next variant's pods have the same port, and the firewall keeps one rule for it.
    await testbed.deploy();
  }
}
