/** A node is drained in order and then goes: what each way loses. */
import type { BySide, Side } from "../../result/bySide.ts";
import { eventually } from "../../eventually.ts";
import type { Scenario } from "../scenario.ts";
import type { ClusterNode } from "../testbed/cluster.ts";
import { exclude } from "../testbed/exclusion.ts";
import { testbedHealthy } from "../testbed/health.ts";
import { noneTerminating, rolledOut } from "../testbed/pods.ts";
import type { Testbed } from "../testbed/testbed.ts";
import { latestOutOfServiceSeconds, timing } from "../timing.ts";
import type { Load } from "../../traffic/load.ts";
import { loadOf } from "../traffic/loads.ts";
import { once, underLoad } from "../traffic/underLoad.ts";
import { conclude, timelines } from "./conclude.ts";
import type { DrainedNode, Measured } from "./conclude.ts";
import { drain, undrain } from "./drain.ts";

export const nodeDrained: Scenario<Measured> = {
  id: "node-drained",
  title: "A node is drained and switched off",
  question:
    "What is lost when a node is cordoned, drained, excluded from load balancers and then switched off?",
  quick: false,
  needs: ["members by node", "member health", "node faults"],
  async measure(testbed) {
    const [victim] = (await testbed.cluster.nodes()).filter(({ ready }) => ready);
    if (victim === undefined) throw new Error("no node is ready");
    const seconds = 60 + 4 * timing.podSeconds;
    const loads = (side: Side): Load[] => [
      loadOf(testbed.targets("plain")[side], "http", { id: "cluster", seconds }),
      loadOf(testbed.targets("local")[side], "http", { id: "local", seconds }),
    ];
    try {
      const drained = once(() => drainAndLose(testbed, victim));
      return await underLoad(testbed, testbed.targets("plain"), {
        loads: (_target, side) => loads(side),
        happen: async (_target, side) => {
          const { isTarget, ...times } = await drained();
          return { ...times, ...isTarget[side] };
        },
      });
    } finally {
      await undrain(testbed, victim.name);
      await spreadAgain(testbed);
      await testbedHealthy(testbed);
    }
  },
  conclude,
  timelines,
};

type IsTarget = Pick<DrainedNode, "afterDrain" | "afterExclusion">;

type Shared = Omit<DrainedNode, keyof IsTarget> & { readonly isTarget: BySide<IsTarget> };

async function drainAndLose(testbed: Testbed, victim: ClusterNode): Promise<Shared> {
  const { clock, cloud, faults, report } = testbed;
  const { left, right } = testbed.targets("plain");
  const isTarget = async (address: string): Promise<boolean> =>
    (await cloud.members(address)).some(
      ({ machine, state }) => machine === victim.machine && !["draining", "unused"].includes(state),
    );
  const bySides = async (): Promise<BySide<boolean>> => ({
    left: await isTarget(left.address),
    right: await isTarget(right.address),
  });
  const at = clock.now();
  report(`${victim.name} is drained`);
  await drain(testbed, victim.name, [left, right]);
  // Long enough for the load balancers of the policy Local to find out that the node has no pod.
  await clock.sleep(timing.machineSeconds);
  const afterDrain = await bySides();
  report(`${victim.name} is excluded from load balancers`);
  const excludedAt = clock.now();
  await exclude(testbed, victim.name);
  // A controller that follows nodes acts within seconds. A load balancer that does not is not waited for.
  await eventually(
    `${right.way}: ${victim.name} is no target any more`,
    async () => !(await isTarget(right.address)),
    timing.controllerSeconds,
    clock,
  );
  await clock.sleep(timing.propagationSeconds);
  const afterExclusion = await bySides();
  const lostAt = clock.now();
  report(`${victim.name} is switched off`);
  try {
    await faults.cut(victim.name);
    await clock.sleep(latestOutOfServiceSeconds(testbed.clocks.checks.Cluster, testbed.timeScale));
    const until = clock.now();
    const of = (side: Side): IsTarget => ({
      afterDrain: afterDrain[side],
      afterExclusion: afterExclusion[side],
    });
    return { at, excludedAt, lostAt, until, isTarget: { left: of("left"), right: of("right") } };
  } finally {
    await faults.mend(victim.name);
  }
}

/** Pods that moved don't come back by themselves: all are made anew, evenly spread. */
async function spreadAgain(testbed: Testbed): Promise<void> {
  const { left, right } = testbed.targets("plain");
  await Promise.all(
    [left, right].map(async (target) => {
      await testbed.cluster.restart(target);
      await rolledOut(testbed, target);
      await noneTerminating(testbed, target);
    }),
  );
}
