/** externalTrafficPolicy Local and a node whose pod goes: which nodes are healthy targets, and from when on. */
import { eventually } from "../../eventually.ts";
import type { Scenario } from "../scenario.ts";
import type { Pod } from "../testbed/cluster.ts";
import { testbedHealthy } from "../testbed/health.ts";
import { rolledOut } from "../testbed/pods.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { timing } from "../timing.ts";
import { loadOf } from "../traffic/loads.ts";
import { underLoad } from "../traffic/underLoad.ts";
import { conclude, timelines } from "./conclude.ts";
import type { LostPod, Measured } from "./conclude.ts";

export const localHealth: Scenario<Measured> = {
  id: "local-health",
  title: "Policy Local: a node loses its pod",
  question:
    "Which nodes are healthy targets under policy Local, and how soon is a node unhealthy that lost its pod?",
  quick: false,
  needs: ["members by node", "member health"],
  measure(testbed) {
    const seconds = 60 + 3 * timing.podSeconds;
    return underLoad(testbed, testbed.targets("local"), {
      loads: (target) => [loadOf(target, "http", { seconds })],
      happen: (target) => loseOnePod(testbed, target),
    }).finally(() => testbedHealthy(testbed));
  },
  conclude,
  timelines,
};

/** Scales the app down by one, and up again. */
async function loseOnePod(testbed: Testbed, target: Target): Promise<LostPod> {
  const { clock, cluster, report } = testbed;
  const remaining = async (): Promise<Pod[]> =>
    (await cluster.pods(target)).filter(({ terminating }) => !terminating);
  const pods = await remaining();
  const before = await isAsLocal(testbed, target, pods);
  try {
    report("one pod less");
    await cluster.scale(target, pods.length - 1);
    let left: Pod[] = [];
    await eventually(
      "a pod is told to end",
      async () => {
        left = await remaining();
        return left.length === pods.length - 1;
      },
      timing.controllerSeconds,
      clock,
    );
    const at = clock.now();
    const seconds = await eventually(
      `${target.way}: the node without a pod is unhealthy`,
      () => isAsLocal(testbed, target, left),
      timing.podSeconds + timing.controllerSeconds,
      clock,
    );
    await eventually(
      "the pod has ended",
      async () => (await cluster.pods(target)).length === left.length,
      timing.podSeconds,
      clock,
    );
    const after = await isAsLocal(testbed, target, left);
    const preStopSeconds = Math.max(0, ...pods.map((pod) => pod.preStopSeconds));
    return { at, before, after, seconds, preStopSeconds };
  } finally {
    await cluster.scale(target, pods.length);
    await rolledOut(testbed, target);
  }
}

/** Whether the healthy targets are exactly the nodes of these pods. */
async function isAsLocal(
  { cluster, cloud }: Testbed,
  { address }: Target,
  pods: readonly Pod[],
): Promise<boolean> {
  const [nodes, members] = await Promise.all([cluster.nodes(), cloud.members(address)]);
  return nodes.every(({ name, machine }) => {
    const state = members.find((member) => member.machine === machine)?.state;
    return (state === "healthy") === pods.some(({ node }) => node === name);
  });
}
