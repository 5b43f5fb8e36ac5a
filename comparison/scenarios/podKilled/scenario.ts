/** 6. A pod killed, a container killed: what is lost until the others have all the traffic. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Testbed, Target } from "../testbed/testbed.ts";
import { anyReady } from "../testbed/cluster.ts";
import type { Pod } from "../testbed/cluster.ts";
import { killedFindings, kinds, perSecond } from "./conclude.ts";
import type { Killed } from "./conclude.ts";
import { eventually } from "../eventually.ts";
import type { Scenario } from "../scenario.ts";
import { timing } from "../timing.ts";
import { loadOn } from "../traffic/loadOn.ts";
import { now } from "../traffic/sender.ts";
import { underLoad } from "../traffic/underLoad.ts";

/** So many that a request does not wait for the one before it, though that take a second. */
const connections = perSecond;

/** Longest that the client sends, if it is not told to stop. */
const seconds = 2 * timing.podSeconds;

/** Even if all is well sooner, so that a failure that comes late is seen. */
const leastMilliseconds = 2000;

export const podKilled: Scenario = {
  id: "pod-killed",
  title: "A pod killed, a container killed",
  question: "What is lost when a pod or its container ends without a warning, and for how long?",
  quick: true,
  async run(testbed) {
    const loaded = await underLoad(testbed, testbed.targets("plain"), {
      loads: ({ hostname, ports }) =>
        kinds.map((kind) => loadOn(hostname, ports, { id: kind, kind, perSecond, seconds, connections })),
      happen: async (target): Promise<Killed> => {
        const podAt = now();
        await killPod(testbed, target);
        const containerAt = now();
        await killContainer(testbed, target);
        return { podAt, containerAt };
      },
    });
    return killedFindings(loaded);
  },
};

/** Resolves when there is another one in its place. */
async function killPod({ cluster, signal }: Testbed, target: Target): Promise<void> {
  const before = await cluster.pods(target);
  const victim = anyReady(before);
  await cluster.deletePod(target.namespace, victim.name, 0);
  await settled(
    "another pod in the killed one's place",
    async () => {
      const pods = await cluster.pods(target);
      return pods.every(({ name }) => name !== victim.name) && readyCount(pods) >= readyCount(before);
    },
    signal,
  );
}

/** Resolves when the container was started again and the pod is ready. */
async function killContainer({ cluster, faults, signal }: Testbed, target: Target): Promise<void> {
  const victim = anyReady(await cluster.pods(target));
  await faults.killContainer(victim);
  await settled(
    "the killed container started again",
    async () => {
      const pod = (await cluster.pods(target)).find(({ name }) => name === victim.name);
      return pod?.ready === true && pod.restarts > victim.restarts;
    },
    signal,
  );
}

async function settled(what: string, check: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  await Promise.all([
    eventually(what, check, timing.podSeconds, signal),
    sleep(leastMilliseconds, undefined, { signal }),
  ]);
}

function readyCount(pods: readonly Pod[]): number {
  return pods.filter(({ ready, terminating }) => ready && !terminating).length;
}
