/** 6. All pods gone, and back: what a client meets meanwhile. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Testbed, Target } from "../testbed/testbed.ts";
import { testbedHealthy } from "../testbed/health.ts";
import { noPodsFindings } from "./conclude.ts";
import type { Gone } from "./conclude.ts";
import { eventually } from "../eventually.ts";
import { loadOf } from "../traffic/loads.ts";
import type { Scenario } from "../scenario.ts";
import { timing } from "../timing.ts";
import { now } from "../traffic/sender.ts";
import { underLoad } from "../traffic/underLoad.ts";

/** How long requests are sent while there is no pod: until the load balancers have found all targets unhealthy, and on. */
const spellSeconds = 12;

/**
 * A node says that nobody is there by ICMP, and to one client no more often than once a second: who asks more often waits in vain for most of the answers.
 * https://docs.kernel.org/networking/ip-sysctl.html (icmp_ratelimit)
 */
const perSecond = 1;

const seconds = 60 + spellSeconds + 2 * timing.podSeconds;

export const noPods: Scenario = {
  id: "no-pods",
  title: "All pods are gone",
  question: "What does a client meet when the app has no pod, and how long until it is answered again?",
  quick: false,
  async run(testbed) {
    const loaded = await underLoad(testbed, testbed.targets("plain"), {
      loads: (target) => [loadOf(target, "http", { seconds, perSecond })],
      happen: (target) => scaleToNoneAndBack(testbed, target),
    }).finally(() => testbedHealthy(testbed));
    return noPodsFindings(loaded);
  },
};

async function scaleToNoneAndBack(testbed: Testbed, target: Target): Promise<Gone> {
  const { cluster, signal, report } = testbed;
  const { length: replicas } = (await cluster.pods(target)).filter(({ terminating }) => !terminating);
  const none = { from: 0, to: 0 };
  try {
    report("scaling to no pod");
    await cluster.scale(target, 0);
    const most = timing.podSeconds;
    await eventually("every pod ended", async () => (await cluster.pods(target)).length === 0, most, signal);
    await sleep(timing.endpointSeconds * 1000, undefined, { signal });
    none.from = now();
    await sleep(spellSeconds * 1000, undefined, { signal });
    none.to = now();
  } finally {
    await cluster.scale(target, replicas);
  }
  await cluster.rolledOut(target, timing.rollOutSeconds, signal);
  const readyAt = now();
  await sleep(2 * timing.endpointSeconds * 1000, undefined, { signal });
  return { none, readyAt };
}
