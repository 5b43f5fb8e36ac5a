/** 15. No target is healthy: the load balancer fails open. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Bed, Target } from "../bed/bed.ts";
import { allHealthy } from "../bed/health.ts";
import { between } from "../findings/bounds.ts";
import { clusterChecks } from "../checks.ts";
import { eventually } from "../eventually.ts";
import { loadOf } from "../traffic/loads.ts";
import { bothAlike } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { earliestDetectionSeconds, latestOutOfServiceSeconds } from "../timing.ts";
import { answeredPercent } from "../traffic/figures.ts";
import { now } from "../traffic/sender.ts";
import { figureOf } from "../traffic/loaded.ts";
import { underLoad } from "../traffic/underLoad.ts";

const failsOpen =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-health";
const healthChecks =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html";

/** Nobody listens there, and no firewall rule opens it. */
const closedPort = "1";

/** How long requests are sent once no target is healthy. */
const spellSeconds = 5;

export const failOpen: Scenario = {
  id: "fail-open",
  title: "No target is healthy",
  question: "Does a load balancer whose targets all fail their health checks still pass requests on?",
  quick: false,
  async run(bed) {
    const targets = bed.targets("plain");
    const least = earliestDetectionSeconds(clusterChecks, bed.timeScale);
    const most = latestOutOfServiceSeconds(clusterChecks, bed.timeScale);
    const loaded = await underLoad(bed, targets, {
      loads: (target) => [
        loadOf(target, "http", { seconds: 60 + 6 * most }),
        loadOf(target, "http keep-alive", { seconds: 60 + 6 * most }),
      ],
      happen: (target) => failAllChecks(bed, target),
    });
    return [
      {
        title: "until every target is unhealthy",
        unit: "s",
        ...bySide(loaded, ({ happened }) => happened.detectionSeconds),
        expected: between(
          least,
          most,
          `Three failed checks in a row, 30 s apart, the last one found out after 10 s: here after ${least} s, and within ${most} s with the time to spread and the machine's.`,
          healthChecks,
        ),
      },
      {
        title: "answered, new connections",
        unit: "%",
        ...figureOf(loaded, "http", answeredPercent, ({ from, to }) => ({ from, to })),
        expected: bothAlike(
          "With no healthy target a load balancer fails open: all targets get traffic, whatever their health.",
          failsOpen,
          (value) => value === 100,
        ),
      },
      {
        title: "lost, keep-alive",
        unit: "requests",
        ...figureOf(loaded, "http keep-alive", ({ lost }) => lost),
        expected: bothAlike(
          "Connections to an unhealthy target are reset, unless the load balancer fails open because of it.",
          healthChecks,
          (value) => value === 0,
        ),
      },
      {
        title: "zones whose address is not in DNS",
        unit: "addresses",
        ...bySide(loaded, ({ happened }) => happened.zones - happened.addresses),
        expected: bothAlike(
          "A zone without healthy targets is taken out of DNS, unless no zone has any.",
          healthChecks,
          (value) => value === 0,
        ),
      },
    ];
  },
};

interface Unhealthy {
  readonly detectionSeconds: number;
  /** In DNS while no target was healthy. */
  readonly addresses: number;
  readonly zones: number;
  /** While no target was healthy, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Asks for health where nobody answers, and then where the targets do. */
async function failAllChecks(bed: Bed, target: Target): Promise<Unhealthy> {
  const { account, signal } = bed;
  const groups = await account.targetGroups(target.hostname);
  const { AvailabilityZones = [] } = await account.loadBalancer(target.hostname);
  try {
    for (const { TargetGroupArn } of groups)
      await account.modifyTargetGroup({ TargetGroupArn, HealthCheckPort: closedPort });
    const detectionSeconds = await eventually(
      `${target.way}: every target unhealthy`,
      async () => (await account.targets(target.hostname)).every(({ state }) => state === "unhealthy"),
      2 * latestOutOfServiceSeconds(clusterChecks, bed.timeScale),
      signal,
    );
    const from = now();
    await sleep(spellSeconds * 1000, undefined, { signal });
    const addresses = (await bed.resolve(target.hostname)).length;
    return { detectionSeconds, addresses, zones: AvailabilityZones.length, from, to: now() };
  } finally {
    for (const { TargetGroupArn, HealthCheckPort } of groups)
      await account.modifyTargetGroup({ TargetGroupArn, HealthCheckPort });
    await allHealthy(bed, [target]);
  }
}
