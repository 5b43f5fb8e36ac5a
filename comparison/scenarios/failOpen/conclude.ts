/** What clients have to meet while no target is healthy. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { between } from "../bounds.ts";
import { clusterChecks } from "../checks.ts";
import { andThen } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { earliestDetectionSeconds, latestOutOfServiceSeconds } from "../timing.ts";
import { answeredPercent } from "../traffic/figures.ts";
import { figure, figureOf, figuresFor, sentBy } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";

const failsOpen =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-health";
const healthChecks =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html";

export interface Unhealthy {
  readonly detectionSeconds: number;
  /** Zones whose address was not in DNS while no target was healthy. */
  readonly outOfDns: number;
  /** While no target was healthy, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

export type Measured = BySide<Outcome<Loaded<Unhealthy>>>;

export function conclude(loaded: Measured, { timeScale }: Conditions): Finding[] {
  const least = earliestDetectionSeconds(clusterChecks, timeScale);
  const most = latestOutOfServiceSeconds(clusterChecks, timeScale);
  return [
    {
      title: "until every target is unhealthy",
      unit: "s",
      ...bySide(loaded, ({ happened }) => happened.detectionSeconds),
      expected: between(
        least,
        most,
        `Three failed checks in a row, 30 s apart, the last one noticed after 10 s: here after ${least} s, and within ${most} s including propagation and what a busy machine adds.`,
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
      // Before, meanwhile and after, provided that something was sent meanwhile.
      ...figure(
        mapBySide(loaded, (one) =>
          andThen(sentBy(one, "http keep-alive", one.happened), () => figuresFor(one, "http keep-alive")),
        ),
        ({ lost }) => lost,
      ),
      expected: bothAlike(
        "Connections to an unhealthy target are reset, unless the load balancer fails open because of it.",
        healthChecks,
        (value) => value === 0,
      ),
    },
    {
      title: "zones whose address is not in DNS",
      unit: "addresses",
      ...bySide(loaded, ({ happened }) => happened.outOfDns),
      expected: bothAlike(
        "A zone without healthy targets is taken out of DNS, unless no zone has any.",
        healthChecks,
        (value) => value === 0,
      ),
    },
  ];
}

export function timelines(loaded: Measured): Timeline[] {
  return timelinesOf(loaded, [
    {
      title: "new connections",
      load: "http",
      answeredBy: "node",
      events: ({ from, to }) => [
        { at: from, title: "all unhealthy" },
        { at: to, title: "checks restored" },
      ],
    },
  ]);
}
