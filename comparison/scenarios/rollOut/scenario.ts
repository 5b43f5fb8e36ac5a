/** The app is rolled out several times: what clients notice of it, with either traffic policy. */
import type { Side } from "../../result/bySide.ts";
import type { Scenario } from "../scenario.ts";
import { testbedHealthy } from "../testbed/health.ts";
import { noneTerminating, rolledOut } from "../testbed/pods.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { timing } from "../timing.ts";
import type { Load } from "../../traffic/load.ts";
import { loadOn } from "../traffic/loadOn.ts";
import { underLoad } from "../traffic/underLoad.ts";
import { conclude, idOf, rollOuts, sent, timelines } from "./conclude.ts";
import type { Measured, RolledOut } from "./conclude.ts";

const seconds = rollOuts * timing.rollOutSeconds + timing.podSeconds;

export const rollOut: Scenario<Measured> = {
  id: "roll-out",
  title: "The app is rolled out",
  question: `Do clients notice ${rollOuts} roll-outs of the app, one right after the other?`,
  quick: false,
  needs: [],
  async measure(testbed) {
    const loads = (side: Side): Load[] =>
      sent.map(({ kind, variant, perSecond, policy }) => {
        const { address, ports } = testbed.targets(variant)[side];
        const id = idOf({ policy, kind });
        // So many connections that a request does not wait for the one before it, even if that takes a second.
        return loadOn(address, ports, { id, kind, perSecond, seconds, connections: perSecond });
      });
    try {
      return await underLoad(testbed, testbed.targets("plain"), {
        loads: (_target, side) => loads(side),
        happen: (target) => rollOutAll(testbed, target),
      });
    } finally {
      await testbedHealthy(testbed);
    }
  },
  conclude,
  timelines,
};

/** Resolves when the last pod of a former revision has ended. */
async function rollOutAll(testbed: Testbed, target: Target): Promise<RolledOut> {
  const { clock, cluster, report } = testbed;
  const made = new Set<string>();
  const startedAt: number[] = [];
  const before = await cluster.pods(target);
  for (let count = 1; count <= rollOuts; count += 1) {
    report(`roll-out ${count} of ${rollOuts}`);
    startedAt.push(clock.now());
    await cluster.restart(target);
    await rolledOut(testbed, target);
    for (const { name, terminating } of await cluster.pods(target)) if (!terminating) made.add(name);
  }
  await noneTerminating(testbed, target);
  for (const { name } of before) made.delete(name);
  return { replacedEach: made.size / before.length, startedAt };
}
