/** What clients have to meet while there is no target, and until there is one again. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { atMost, betweenAsDocumented } from "../bounds.ts";
import { andThen, measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { earliestFirstRequestSeconds, latestFirstRequestSeconds, timing } from "../timing.ts";
import { samplesOf, sentBy } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";
import { refusalsAmong } from "../traffic/refusals.ts";

/** The load over connections that last. */
export const kept = "http keep-alive";

export interface Empty {
  readonly answersAgainSeconds: number;
  /** When all targets were deregistered, in milliseconds since the epoch. */
  readonly at: number;
  /** While there was no target, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Every load but `kept` sends over new connections. */
export type Measured = BySide<Outcome<Loaded<Empty>>>;

export function conclude(loaded: Measured, at: Conditions): Finding[] {
  const { refused, told, keepAlive, registered } = at.expectations.noTarget;
  // The wait begins once all are registered, which takes a moment itself.
  const within = {
    least: earliestFirstRequestSeconds(at) - timing.propagationSeconds,
    most: latestFirstRequestSeconds(at),
  };
  const refusals = bySide(loaded, ({ samples, happened: { from, to } }) =>
    refusalsAmong(samples.filter(({ load, at }) => load !== kept && at >= from && at < to)),
  );
  return [
    {
      title: "refused, new connections",
      unit: "%",
      ...bySide(refusals, ({ percent }) => percent),
      expected: bothAlike(refused.sentence, refused.source, (value) => value === 100),
    },
    {
      title: "until a refused client knows (p99)",
      unit: "ms",
      ...bySide(refusals, ({ p99Milliseconds }) => p99Milliseconds),
      expected: atMost(timing.requestTimeoutMilliseconds, told.sentence, told.source),
    },
    {
      title: "lost while there was no target, keep-alive",
      unit: "requests",
      ...mapBySide(loaded, (one) => {
        const { from, to } = one.happened;
        const before = samplesOf(one, kept, { to });
        return andThen(sentBy(one, kept, { from, to }), () =>
          measured(before.filter(({ outcome }) => outcome.kind === "lost").length),
        );
      }),
      expected: bothAlike(keepAlive.sentence, keepAlive.source, (value) => value === 0),
    },
    {
      title: "registered again: until each address answers",
      unit: "s",
      ...bySide(loaded, ({ happened }) => happened.answersAgainSeconds),
      expected: betweenAsDocumented(within, registered),
    },
  ];
}

export function timelines(loaded: Measured): Timeline[] {
  const renamed = mapBySide(loaded, (one) =>
    measured({
      ...one,
      samples: one.samples.map((sample) => (sample.load === kept ? sample : { ...sample, load: "new" })),
    }),
  );
  return timelinesOf(
    renamed,
    [
      { title: "new connections", load: "new" },
      { title: "keep-alive", load: kept },
    ].map((line) => ({
      ...line,
      answeredBy: "node" as const,
      events: ({ at, to }: Empty) => [
        { at, title: "all deregistered" },
        { at: to, title: "registered again" },
      ],
    })),
  );
}
