/** What clients have to meet while no target is healthy. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { betweenAsDocumented } from "../bounds.ts";
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

export interface Unhealthy {
  readonly detectionSeconds: number;
  /** Zones whose address was not in DNS while no target was healthy. */
  readonly outOfDns: number;
  /** While no target was healthy, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

export type Measured = BySide<Outcome<Loaded<Unhealthy>>>;

export function conclude(loaded: Measured, { timeScale, clocks, expectations }: Conditions): Finding[] {
  const { failOpen: documented } = expectations;
  const within = {
    least: earliestDetectionSeconds(clocks.checks.Cluster, timeScale),
    most: latestOutOfServiceSeconds(clocks.checks.Cluster, timeScale),
  };
  return [
    {
      title: "until every target is unhealthy",
      unit: "s",
      ...bySide(loaded, ({ happened }) => happened.detectionSeconds),
      expected: betweenAsDocumented(within, documented.detection),
    },
    {
      title: "answered, new connections",
      unit: "%",
      ...figureOf(loaded, "http", answeredPercent, ({ from, to }) => ({ from, to })),
      expected: bothAlike(documented.answered.sentence, documented.answered.source, (value) => value === 100),
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
      expected: bothAlike(documented.keepAlive.sentence, documented.keepAlive.source, (value) => value === 0),
    },
    {
      title: "zones whose address is not in DNS",
      unit: "addresses",
      ...bySide(loaded, ({ happened }) => happened.outOfDns),
      expected: bothAlike(documented.dns.sentence, documented.dns.source, (value) => value === 0),
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
