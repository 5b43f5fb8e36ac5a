/** 8. A node is drained in order and then goes: what each way loses. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BySide } from "../../result/bySide.ts";
import type { Testbed } from "../testbed/testbed.ts";
import { testbedHealthy } from "../testbed/health.ts";
import type { ClusterNode } from "../testbed/cluster.ts";
import { clusterChecks } from "../checks.ts";
import { drain, exclude, undrain } from "./drain.ts";
import { drainedFindings } from "./conclude.ts";
import type { DrainedNode } from "./conclude.ts";
import { eventually } from "../eventually.ts";
import { loadOf } from "../traffic/loads.ts";
import type { Scenario } from "../scenario.ts";
import { latestOutOfServiceSeconds, timing } from "../timing.ts";
import type { Load } from "../traffic/load.ts";
import { now } from "../traffic/sender.ts";
import { once, underLoad } from "../traffic/underLoad.ts";

export const nodeDrained: Scenario = {
  id: "node-drained",
  title: "A node is drained and goes",
  question:
    "What is lost when a node is cordoned, drained, excluded from load balancers and then switched off?",
  quick: false,
  async run(testbed) {
    const [victim] = (await testbed.cluster.nodes()).filter(({ ready }) => ready);
    if (victim === undefined) throw new Error("no node is ready");
    const seconds = 60 + 4 * timing.podSeconds;
    const loads = (side: keyof BySide<unknown>): Load[] => [
      loadOf(testbed.targets("plain")[side], "http", { id: "cluster", seconds }),
      loadOf(testbed.targets("local")[side], "http", { id: "local", seconds }),
    ];
    const targets = testbed.targets("plain");
    try {
      const drained = once(() => drainAndLose(testbed, victim));
      const loaded = await underLoad(testbed, targets, {
        loads: (_target, side) => loads(side),
        happen: async (target) => {
          const { isTarget, ...times } = await drained();
          return { ...times, ...isTarget[target === targets.left ? "left" : "right"] };
        },
      });
      return drainedFindings(loaded, testbed.timeScale);
    } finally {
      await undrain(testbed, victim.name);
      await spreadAgain(testbed);
      await testbedHealthy(testbed);
    }
  },
};

type Shared = Omit<DrainedNode, "afterDrain" | "afterExclusion"> & {
  readonly isTarget: BySide<Pick<DrainedNode, "afterDrain" | "afterExclusion">>;
};

async function drainAndLose(testbed: Testbed, victim: ClusterNode): Promise<Shared> {
  const { account, faults, signal, report } = testbed;
  const { left, right } = testbed.targets("plain");
  const isTarget = async (hostname: string): Promise<boolean> =>
    (await account.targets(hostname)).some(
      ({ id, state }) => id === victim.instanceId && !["draining", "unused"].includes(state),
    );
  const bySides = async (): Promise<BySide<boolean>> => ({
    left: await isTarget(left.hostname),
    right: await isTarget(right.hostname),
  });
  const at = now();
  report(`${victim.name} is drained`);
  await drain(testbed, victim.name, [left, right]);
  // Long enough for the load balancers of the policy Local to find out that the node has no pod.
  await sleep(timing.machineSeconds * 1000, undefined, { signal });
  const afterDrain = await bySides();
  report(`${victim.name} is excluded from load balancers`);
  await exclude(testbed, victim.name);
  // Whoever follows nodes does so within seconds; whoever does not is not waited for.
  await eventually(
    `${right.way}: ${victim.name} is no target any more`,
    async () => !(await isTarget(right.hostname)),
    timing.controllerSeconds,
    signal,
  );
  await sleep(timing.propagationSeconds * 1000, undefined, { signal });
  const afterExclusion = await bySides();
  const lostAt = now();
  report(`${victim.name} is switched off`);
  try {
    await faults.cut(victim.name);
    const seconds = latestOutOfServiceSeconds(clusterChecks, testbed.timeScale);
    await sleep(seconds * 1000, undefined, { signal });
    const until = now();
    const of = (side: keyof BySide<unknown>) => ({
      afterDrain: afterDrain[side],
      afterExclusion: afterExclusion[side],
    });
    return { at, lostAt, until, isTarget: { left: of("left"), right: of("right") } };
  } finally {
    await faults.mend(victim.name);
  }
}

/** Pods that moved don't come back by themselves: all are made anew, evenly spread. */
async function spreadAgain(testbed: Testbed): Promise<void> {
  const { cluster, signal } = testbed;
  const { left, right } = testbed.targets("plain");
  await Promise.all(
    [left, right].map(async (target) => {
      await cluster.restart(target);
      await cluster.rolledOut(target, timing.rollOutSeconds, signal);
      await cluster.noneTerminating(target, timing.podSeconds, signal);
    }),
  );
}
