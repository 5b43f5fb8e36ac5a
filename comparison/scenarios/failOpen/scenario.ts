/** 15. No target is healthy: the load balancer fails open. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Testbed, Target } from "../testbed/testbed.ts";
import { allHealthy } from "../testbed/health.ts";
import { zonesOutOfDns } from "../testbed/zones.ts";
import { failOpenFindings } from "./conclude.ts";
import type { Unhealthy } from "./conclude.ts";
import { clusterChecks } from "../checks.ts";
import { eventually } from "../eventually.ts";
import { loadOf } from "../traffic/loads.ts";
import type { Scenario } from "../scenario.ts";
import { latestOutOfServiceSeconds } from "../timing.ts";
import { now } from "../traffic/sender.ts";
import { underLoad } from "../traffic/underLoad.ts";

/** Nobody listens there, and no firewall rule opens it. */
const closedPort = "1";

/** How long requests are sent once no target is healthy. */
const spellSeconds = 5;

export const failOpen: Scenario = {
  id: "fail-open",
  title: "No target is healthy",
  question: "Does a load balancer whose targets all fail their health checks still pass requests on?",
  quick: false,
  async run(testbed) {
    const targets = testbed.targets("plain");
    const most = latestOutOfServiceSeconds(clusterChecks, testbed.timeScale);
    const loaded = await underLoad(testbed, targets, {
      loads: (target) => [
        loadOf(target, "http", { seconds: 60 + 6 * most }),
        loadOf(target, "http keep-alive", { seconds: 60 + 6 * most }),
      ],
      happen: (target) => failAllChecks(testbed, target),
    });
    return failOpenFindings(loaded, testbed.timeScale);
  },
};

/** Asks for health where nobody answers, and then where the targets do. */
async function failAllChecks(testbed: Testbed, target: Target): Promise<Unhealthy> {
  const { account, signal } = testbed;
  const groups = await account.targetGroups(target.hostname);
  try {
    for (const { TargetGroupArn } of groups)
      await account.modifyTargetGroup({ TargetGroupArn, HealthCheckPort: closedPort });
    const detectionSeconds = await eventually(
      `${target.way}: every target unhealthy`,
      async () => (await account.targets(target.hostname)).every(({ state }) => state === "unhealthy"),
      2 * latestOutOfServiceSeconds(clusterChecks, testbed.timeScale),
      signal,
    );
    const from = now();
    await sleep(spellSeconds * 1000, undefined, { signal });
    const outOfDns = await zonesOutOfDns(testbed, target.hostname);
    return { detectionSeconds, outOfDns, from, to: now() };
  } finally {
    for (const { TargetGroupArn, HealthCheckPort } of groups)
      await account.modifyTargetGroup({ TargetGroupArn, HealthCheckPort });
    await allHealthy(testbed, [target]);
  }
}
