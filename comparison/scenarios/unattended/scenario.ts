/** A container killed while the API server is down: who starts it again when nobody can be told. */
import type { Side } from "../../result/bySide.ts";
import { eventually } from "../../eventually.ts";
import { attempt } from "../outcome.ts";
import type { Scenario } from "../scenario.ts";
import type { Pod } from "../testbed/cluster.ts";
import { testbedHealthy } from "../testbed/health.ts";
import { anyReady } from "../testbed/pods.ts";
import type { Testbed } from "../testbed/testbed.ts";
import { timing } from "../timing.ts";
import type { Sample } from "../../traffic/load.ts";
import { loadOn } from "../traffic/loadOn.ts";
import { once, underLoad } from "../traffic/underLoad.ts";
import { conclude, perSecond, timelines } from "./conclude.ts";
import type { Measured, Unattended } from "./conclude.ts";

const seconds = 2 * timing.podSeconds;

export const unattended: Scenario<Measured> = {
  id: "unattended",
  title: "A container killed while the API server is down",
  question: "What restarts it without the API server, and what is lost until then?",
  quick: false,
  needs: ["container faults", "control plane faults"],
  async measure(testbed) {
    const { clock, cluster, faults, report } = testbed;
    const targets = testbed.targets("plain");
    const find = async (side: Side) => neverRestarted(await cluster.pods(targets[side]));
    const victims = { left: await find("left"), right: await find("right") };
    const hold = once(() => {
      report("API server down");
      return faults.hold("API server");
    });
    try {
      return await underLoad(testbed, targets, {
        loads: ({ address, ports }) => [
          // So many connections that a request does not wait for the one before it.
          loadOn(address, ports, { id: "http", kind: "http", perSecond, seconds, connections: perSecond }),
        ],
        happen: async (_target, side, soFar): Promise<Unattended> => {
          await hold();
          const at = clock.now();
          await faults.killContainer(victims[side]);
          return { at, answersAgain: await answersAgain(testbed, victims[side].name, at, soFar) };
        },
      });
    } finally {
      await faults.release("API server");
      await testbedHealthy(testbed);
    }
  },
  conclude,
  timelines,
};

/**
 * A kubelet waits before it restarts a container that it has restarted before.
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
  { clock, signal }: Testbed,
  pod: string,
  at: number,
  soFar: () => readonly Sample[],
): Promise<boolean> {
  const check = (): boolean =>
    soFar().some(({ at: sent, outcome }) => sent > at && outcome.kind === "answered" && outcome.pod === pod);
  const waited = await attempt(
    () => eventually(`${pod} answers again`, check, timing.podSeconds, clock),
    signal,
  );
  return waited.kind === "measured";
}
