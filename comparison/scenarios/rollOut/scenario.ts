/** 5. The app is rolled out several times: what clients notice of it, with either traffic policy. */
import type { BySide } from "../../result/bySide.ts";
import type { Testbed, Target } from "../testbed/testbed.ts";
import { testbedHealthy } from "../testbed/health.ts";
import { idOf, rolledOutFindings, rollOuts, sent } from "./conclude.ts";
import type { Scenario } from "../scenario.ts";
import { timing } from "../timing.ts";
import type { Load } from "../traffic/load.ts";
import { loadOn } from "../traffic/loadOn.ts";
import { underLoad } from "../traffic/underLoad.ts";

const seconds = rollOuts * timing.rollOutSeconds + timing.podSeconds;

export const rollOut: Scenario = {
  id: "roll-out",
  title: "The app is rolled out",
  question: `Do clients notice ${rollOuts} roll-outs of the app, one right after the other?`,
  quick: false,
  async run(testbed) {
    const loads = (side: keyof BySide<unknown>): Load[] =>
      sent.map(({ kind, variant, perSecond, policy }) => {
        const { hostname, ports } = testbed.targets(variant)[side];
        const id = idOf({ policy, kind });
        // So many connections that a request does not wait for the one before it, though that take a second.
        return loadOn(hostname, ports, { id, kind, perSecond, seconds, connections: perSecond });
      });
    try {
      const loaded = await underLoad(testbed, testbed.targets("plain"), {
        loads: (_target, side) => loads(side),
        happen: (target) => rollOutAll(testbed, target),
      });
      return rolledOutFindings(loaded);
    } finally {
      await testbedHealthy(testbed);
    }
  },
};

/** Resolves when the last pod of a former revision has ended. @returns how often each pod has been replaced */
async function rollOutAll({ cluster, signal, report }: Testbed, target: Target): Promise<number> {
  const made = new Set<string>();
  const before = await cluster.pods(target);
  for (let count = 1; count <= rollOuts; count += 1) {
    report(`roll-out ${count} of ${rollOuts}`);
    await cluster.restart(target);
    await cluster.rolledOut(target, timing.rollOutSeconds, signal);
    for (const { name, terminating } of await cluster.pods(target)) if (!terminating) made.add(name);
  }
  await cluster.noneTerminating(target, timing.podSeconds, signal);
  for (const { name } of before) made.delete(name);
  return made.size / before.length;
}
