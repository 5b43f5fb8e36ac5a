/** What clients met while there was no target, and until there was one again: pure decisions. */
import type { BySide } from "../../result/bySide.ts";
import { atMost, between } from "../bounds.ts";
import { andThen, measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { earliestFirstRequestSeconds, latestFirstRequestSeconds, timing } from "../timing.ts";
import { samplesOf, sentBy } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { refusalsAmong } from "../traffic/refusals.ts";

const rejects =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html";
const inFlight =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay";

/** The load over connections that last. */
const kept = "http keep-alive";

export interface Empty {
  readonly answersAgainSeconds: number;
  /** While there was no target, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Whatever is not sent over connections that last is sent over new ones. */
export function noTargetFindings(loaded: BySide<Outcome<Loaded<Empty>>>, timeScale: number): Finding[] {
  // It is waited for once all are registered, which takes a moment itself.
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
        "A connection that no target can take is rejected, and AWS counts it as such. How its client is told is not documented: the lab's load balancers reset it.",
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
        "Connections that exist are served until the deregistration delay is over, and after it unless they are to be terminated.",
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
        `A target gets traffic once it is registered, which takes 180 to 300 s, and has passed a check: here after ${least} s, and within ${most} s with the time to spread and the machine's.`,
        "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1834",
      ),
    },
  ];
}
