/** All pods gone, and back: what a client meets meanwhile. */
import { eventually } from "../../eventually.ts";
import type { Scenario } from "../scenario.ts";
import { testbedHealthy } from "../testbed/health.ts";
import { rolledOut } from "../testbed/pods.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { timing } from "../timing.ts";
import { loadOf } from "../traffic/loads.ts";
import { underLoad } from "../traffic/underLoad.ts";
import { conclude, timelines } from "./conclude.ts";
import type { Gone, Measured } from "./conclude.ts";

/** How long requests are sent while there is no pod: until the load balancers have found all targets unhealthy, and on. */
const spellSeconds = 12;

/**
 * A node says by ICMP that nobody is there, at most once a second to each client: for a client that asks more often most requests time out.
 * https://docs.kernel.org/networking/ip-sysctl.html (icmp_ratelimit)
 */
const perSecond = 1;

const seconds = 60 + spellSeconds + 2 * timing.podSeconds;

export const noPods: Scenario<Measured> = {
  id: "no-pods",
  title: "All pods are gone",
  question: "What do clients get when the app has no pod, and how long until they get answers again?",
  quick: false,
  needs: ["fail open"],
  measure: (testbed) =>
    underLoad(testbed, testbed.targets("plain"), {
      loads: (target) => [loadOf(target, "http", { seconds, perSecond })],
      happen: (target) => scaleToNoneAndBack(testbed, target),
    }).finally(() => testbedHealthy(testbed)),
  conclude,
  timelines,
};

async function scaleToNoneAndBack(testbed: Testbed, target: Target): Promise<Gone> {
  const { clock, cluster, report } = testbed;
  const { length: replicas } = (await cluster.pods(target)).filter(({ terminating }) => !terminating);
  const at = clock.now();
  const none = { from: 0, to: 0 };
  try {
    report("scaling to no pod");
    await cluster.scale(target, 0);
    const most = timing.podSeconds;
    await eventually("every pod ended", async () => (await cluster.pods(target)).length === 0, most, clock);
    await clock.sleep(timing.endpointSeconds);
    none.from = clock.now();
    await clock.sleep(spellSeconds);
    none.to = clock.now();
  } finally {
    await cluster.scale(target, replicas);
  }
  await rolledOut(testbed, target);
  const readyAt = clock.now();
  await clock.sleep(2 * timing.endpointSeconds);
  return { at, none, readyAt };
}
