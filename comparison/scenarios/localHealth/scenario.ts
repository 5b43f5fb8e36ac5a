/** 3. externalTrafficPolicy Local: a node whose pod goes. Which nodes are healthy targets, and from when on. */
import type { Testbed, Target } from "../testbed/testbed.ts";
import type { Pod } from "../testbed/cluster.ts";
import { testbedHealthy } from "../testbed/health.ts";
import { localHealthFindings } from "./conclude.ts";
import type { LostPod } from "./conclude.ts";
import { eventually } from "../eventually.ts";
import { loadOf } from "../traffic/loads.ts";
import type { Scenario } from "../scenario.ts";
import { timing } from "../timing.ts";
import { underLoad } from "../traffic/underLoad.ts";

export const localHealth: Scenario = {
  id: "local-health",
  title: "Policy Local: a node's pod goes",
  question:
    "Which nodes are healthy targets under policy Local, and when is one found out that lost its pod?",
  quick: false,
  async run(testbed) {
    const targets = testbed.targets("local");
    const seconds = 60 + 3 * timing.podSeconds;
    const loaded = await underLoad(testbed, targets, {
      loads: (target) => [loadOf(target, "http", { seconds })],
      happen: (target) => loseOnePod(testbed, target),
    }).finally(() => testbedHealthy(testbed));
    return localHealthFindings(loaded, testbed.timeScale);
  },
};

/** Scales the app down by one, and up again. */
async function loseOnePod(testbed: Testbed, target: Target): Promise<LostPod> {
  const { cluster, signal, report } = testbed;
  const pods = (await cluster.pods(target)).filter(({ terminating }) => !terminating);
  const before = await isAsLocal(testbed, target, pods);
  try {
    report("one pod less");
    await cluster.scale(target, pods.length - 1);
    let left: Pod[] = [];
    await eventually(
      "a pod is told to end",
      async () => {
        left = (await cluster.pods(target)).filter(({ terminating }) => !terminating);
        return left.length === pods.length - 1;
      },
      timing.controllerSeconds,
      signal,
    );
    const seconds = await eventually(
      `${target.way}: the node without a pod is unhealthy`,
      () => isAsLocal(testbed, target, left),
      timing.podSeconds + timing.controllerSeconds,
      signal,
    );
    await eventually(
      "the pod has ended",
      async () => (await cluster.pods(target)).length === left.length,
      timing.podSeconds,
      signal,
    );
    const after = await isAsLocal(testbed, target, left);
    return { before, after, seconds, preStopSeconds: Math.max(0, ...pods.map((pod) => pod.preStopSeconds)) };
  } finally {
    await cluster.scale(target, pods.length);
    await cluster.rolledOut(target, timing.rollOutSeconds, signal);
  }
}

/** Whether the healthy targets are just the nodes of these pods. */
async function isAsLocal(
  { cluster, account }: Testbed,
  { hostname }: Target,
  pods: readonly Pod[],
): Promise<boolean> {
  const [nodes, targets] = await Promise.all([cluster.nodes(), account.targets(hostname)]);
  return nodes.every(({ name, instanceId }) => {
    const state = targets.find(({ id }) => id === instanceId)?.state;
    return (state === "healthy") === pods.some(({ node }) => node === name);
  });
}
