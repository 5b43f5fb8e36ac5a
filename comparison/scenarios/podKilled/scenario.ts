/** A pod killed, a container killed: what is lost until the others have all the traffic. */
import { eventually } from "../../eventually.ts";
import type { Scenario } from "../scenario.ts";
import { anyReady, isServing } from "../testbed/pods.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { timing } from "../timing.ts";
import { loadOn } from "../traffic/loadOn.ts";
import { underLoad } from "../traffic/underLoad.ts";
import { conclude, kinds, perSecond, timelines } from "./conclude.ts";
import type { Killed, Measured } from "./conclude.ts";

/** So many that a request does not wait for the one before it, even if that takes a second. */
const connections = perSecond;

/** How long the client sends at most. */
const seconds = 2 * timing.podSeconds;

/** How long it is watched at least, so that a late failure is seen. */
const leastSeconds = 2;

export const podKilled: Scenario<Measured> = {
  id: "pod-killed",
  title: "A pod killed, a container killed",
  question: "What is lost when a pod or its container ends without a warning, and for how long?",
  quick: true,
  beside: "killing pods",
  needs: ["container faults"],
  measure: (testbed) =>
    underLoad(testbed, testbed.targets("plain"), {
      loads: ({ address, ports }) =>
        kinds.map((kind) => loadOn(address, ports, { id: kind, kind, perSecond, seconds, connections })),
      happen: async (target): Promise<Killed> => {
        const podAt = testbed.clock.now();
        await killPod(testbed, target);
        const containerAt = testbed.clock.now();
        await killContainer(testbed, target);
        return { podAt, containerAt };
      },
    }),
  conclude,
  timelines,
};

/** Resolves when there is another pod in its place. */
async function killPod(testbed: Testbed, target: Target): Promise<void> {
  const { cluster } = testbed;
  const before = await cluster.pods(target);
  const victim = anyReady(before);
  await cluster.deletePod(target.namespace, victim.name, 0);
  await settled(testbed, "another pod in the killed one's place", async () => {
    const pods = await cluster.pods(target);
    return (
      pods.every(({ name }) => name !== victim.name) &&
      pods.filter(isServing).length >= before.filter(isServing).length
    );
  });
}

/** Resolves when the container was started again and the pod is ready. */
async function killContainer(testbed: Testbed, target: Target): Promise<void> {
  const { cluster, faults } = testbed;
  const victim = anyReady(await cluster.pods(target));
  await faults.killContainer(victim);
  await settled(testbed, "the killed container started again", async () => {
    const pod = (await cluster.pods(target)).find(({ name }) => name === victim.name);
    return pod?.ready === true && pod.restarts > victim.restarts;
  });
}

async function settled({ clock }: Testbed, what: string, check: () => Promise<boolean>): Promise<void> {
  await clock.sleep(leastSeconds);
  // Only now: to ask again and again takes the processor from the pods that start.
  await eventually(what, check, timing.podSeconds, clock);
}
