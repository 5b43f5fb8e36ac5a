/** What clients have to meet while there is no target, and until there is one again. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { atMost, between } from "../bounds.ts";
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

const rejects =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html";
const inFlight =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay";

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

export function conclude(loaded: Measured, { timeScale }: Conditions): Finding[] {
  // The wait begins once all are registered, which takes a moment itself.
  const least = earliestFirstRequestSeconds(timeScale) - timing.propagationSeconds;
  const most = latestFirstRequestSeconds(timeScale);
  const refusals = bySide(loaded, ({ samples, happened: { from, to } }) =>
    refusalsAmong(samples.filter(({ load, at }) => load !== kept && at >= from && at < to)),
  );
  return [
    {
      title: "refused, new connections",
      unit: "%",
      ...bySide(refusals, ({ percent }) => percent),
      expected: bothAlike(
        "A connection that no target can take is rejected, and AWS counts it as such. How the client is told is not documented: the lab's load balancers reset it.",
        rejects,
        (value) => value === 100,
      ),
    },
    {
      title: "until a refused client knows (p99)",
      unit: "ms",
      ...bySide(refusals, ({ p99Milliseconds }) => p99Milliseconds),
      expected: atMost(
        timing.requestTimeoutMilliseconds,
        "A client that is reset does not have to wait. Whether AWS resets it is not documented.",
        rejects,
      ),
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
      expected: bothAlike(
        "Existing connections are served until the deregistration delay is over, and after it unless they are to be terminated.",
        inFlight,
        (value) => value === 0,
      ),
    },
    {
      title: "registered again: until each address answers",
      unit: "s",
      ...bySide(loaded, ({ happened }) => happened.answersAgainSeconds),
      expected: between(
        least,
        most,
        `A target gets traffic once it is registered, which takes 180 to 300 s, and has passed a check: here after ${least} s, and within ${most} s including propagation and what a busy machine adds.`,
        "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1834",
      ),
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
