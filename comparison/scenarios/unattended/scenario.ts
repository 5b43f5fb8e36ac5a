/** 10. A container killed while the API server is down: nobody can be told, and who can helps himself. */
import type { BySide } from "../../result/bySide.ts";
import type { Testbed } from "../testbed/testbed.ts";
import { anyReady } from "../testbed/cluster.ts";
import type { Pod } from "../testbed/cluster.ts";
import { testbedHealthy } from "../testbed/health.ts";
import { eventually } from "../eventually.ts";
import { unattendedFindings } from "./conclude.ts";
import type { Unattended } from "./conclude.ts";
import { attempt } from "../outcome.ts";
import type { Scenario } from "../scenario.ts";
import { timing } from "../timing.ts";
import type { Sample } from "../traffic/load.ts";
import { loadOn } from "../traffic/loadOn.ts";
import { now } from "../traffic/sender.ts";
import { once, underLoad } from "../traffic/underLoad.ts";

/** Enough that a third of them, a pod's share, shows a gap of a second. */
const perSecond = timing.perSecond / 2;

const seconds = 2 * timing.podSeconds;

export const unattended: Scenario = {
  id: "unattended",
  title: "A container killed while the API server is down",
  question: "Who starts it again when nobody can be told, and what is lost meanwhile?",
  quick: false,
  async run(testbed) {
    const targets = testbed.targets("plain");
    const find = async (side: keyof BySide<unknown>) =>
      neverRestarted(await testbed.cluster.pods(targets[side]));
    const victims = { left: await find("left"), right: await find("right") };
    const hold = once(() => {
      testbed.report("API server down");
      return testbed.faults.hold("API server");
    });
    try {
      const loaded = await underLoad(testbed, targets, {
        loads: ({ hostname, ports }) => [
          // So many connections that a request does not wait for the one before it.
          loadOn(hostname, ports, { id: "http", kind: "http", perSecond, seconds, connections: perSecond }),
        ],
        happen: async (target, soFar): Promise<Unattended> => {
          const victim = victims[target === targets.left ? "left" : "right"];
          await hold();
          const at = now();
          await testbed.faults.killContainer(victim);
          return { at, answersAgain: await answersAgain(testbed, victim.name, at, soFar) };
        },
      });
      return unattendedFindings(loaded, perSecond);
    } finally {
      await testbed.faults.release("API server");
      await testbedHealthy(testbed);
    }
  },
};

/**
 * A kubelet waits before it starts a container again that it has started again before.
 * @throws if every pod's has been
 */
function neverRestarted(pods: readonly Pod[]): Pod {
  const fresh = pods.filter(({ restarts }) => restarts === 0);
  if (fresh.length === 0 && pods.length > 0)
    throw new Error("every pod's container has been started again before: roll the app out anew");
  return anyReady(fresh);
}

/** Whether the pod answers anew in time. @param at when its container was killed, in milliseconds since the epoch */
async function answersAgain(
  { signal }: Testbed,
  pod: string,
  at: number,
  soFar: () => readonly Sample[],
): Promise<boolean> {
  const check = (): Promise<boolean> =>
    Promise.resolve(
      soFar().some(
        ({ at: sent, outcome }) => sent > at && outcome.kind === "answered" && outcome.pod === pod,
      ),
    );
  const waited = await attempt(
    () => eventually(`${pod} answers again`, check, timing.podSeconds, signal),
    signal,
  );
  return waited.kind === "measured";
}
