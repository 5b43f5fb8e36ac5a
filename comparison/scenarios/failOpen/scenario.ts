/** No target is healthy: the load balancer fails open. */
import { eventually } from "../../eventually.ts";
import type { Scenario } from "../scenario.ts";
import { allHealthy } from "../testbed/health.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { zonesOutOfDns } from "../testbed/zones.ts";
import { latestOutOfServiceSeconds } from "../timing.ts";
import { loadOf } from "../traffic/loads.ts";
import { underLoad } from "../traffic/underLoad.ts";
import { conclude, timelines } from "./conclude.ts";
import type { Measured, Unhealthy } from "./conclude.ts";

/** Nobody listens there, and no firewall entry opens it. */
const closedPort = "1";

/** How long requests are sent once no target is healthy. */
const spellSeconds = 5;

export const failOpen: Scenario<Measured> = {
  id: "fail-open",
  title: "No target is healthy",
  question: "Does a load balancer still forward requests when all targets fail their health checks?",
  quick: false,
  needs: ["member health", "fail open", "zonal addresses"],
  measure(testbed) {
    const most = latestOutOfServiceSeconds(testbed.clocks.checks.Cluster, testbed.timeScale);
    return underLoad(testbed, testbed.targets("plain"), {
      loads: (target) => [
        loadOf(target, "http", { seconds: 60 + 6 * most }),
        loadOf(target, "http keep-alive", { seconds: 60 + 6 * most }),
      ],
      happen: (target) => failAllChecks(testbed, target),
    });
  },
  conclude,
  timelines,
};

/** Checks a port where nobody answers, and then the former port again. */
async function failAllChecks(testbed: Testbed, target: Target): Promise<Unhealthy> {
  const { clock, cloud } = testbed;
  const pools = await cloud.pools(target.address);
  try {
    for (const { id } of pools) await cloud.setCheckPort(id, closedPort);
    const detectionSeconds = await eventually(
      `${target.way}: every target unhealthy`,
      async () => (await cloud.members(target.address)).every(({ state }) => state === "unhealthy"),
      2 * latestOutOfServiceSeconds(testbed.clocks.checks.Cluster, testbed.timeScale),
      clock,
    );
    const from = clock.now();
    await clock.sleep(spellSeconds);
    const outOfDns = await zonesOutOfDns(testbed, target.address);
    return { detectionSeconds, outOfDns, from, to: clock.now() };
  } finally {
    for (const { id, check } of pools) await cloud.setCheckPort(id, check.port);
    await allHealthy(testbed, [target]);
  }
}
