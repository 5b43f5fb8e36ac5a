/** 15. No target at all: the load balancer refuses. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Bed, Target } from "../bed/bed.ts";
import { allHealthy } from "../bed/health.ts";
import { atMost, between } from "../findings/bounds.ts";
import { eventually } from "../eventually.ts";
import { loadOf } from "../traffic/loads.ts";
import { bothAlike } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { earliestFirstRequestSeconds, latestFirstRequestSeconds, timing } from "../timing.ts";
import type { Sample } from "../traffic/load.ts";
import { refusalsAmong } from "../traffic/refusals.ts";
import { now } from "../traffic/sender.ts";
import { underLoad } from "../traffic/underLoad.ts";

const rejects =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html";
const inFlight =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay";

/** How long requests are sent while there is no target. */
const spellSeconds = 5;

export const noTarget: Scenario = {
  id: "no-target",
  title: "No target at all",
  question:
    "What does a client meet when every target has been deregistered, and how long until they answer again?",
  quick: false,
  async run(bed) {
    const targets = bed.targets("plain");
    // It is waited for once all are registered, which takes a moment itself.
    const least = earliestFirstRequestSeconds(bed.timeScale) - timing.propagationSeconds;
    const most = latestFirstRequestSeconds(bed.timeScale);
    const seconds = 60 + 2 * most;
    const addresses = new Map(
      await Promise.all(
        [targets.left, targets.right].map(
          async ({ hostname }) => [hostname, await bed.resolve(hostname)] as const,
        ),
      ),
    );
    const loaded = await underLoad(bed, targets, {
      loads: (target) => [
        // By address: the name may lead nowhere while there is no target.
        ...(addresses.get(target.hostname) ?? []).map((host) =>
          loadOf(target, "http", { id: `http ${host}`, host, perSecond: 10, seconds }),
        ),
        loadOf(target, "http keep-alive", { seconds: timing.leadMilliseconds / 1000 + 3 * spellSeconds }),
      ],
      happen: (target, soFar) => removeAllTargets(bed, target, soFar),
    });
    const refusals = bySide(loaded, ({ samples, happened: { from, to } }) =>
      refusalsAmong(samples.filter(({ load, at }) => load !== "http keep-alive" && at >= from && at < to)),
    );
    return [
      {
        title: "refused, new connections",
        unit: "%",
        ...bySide(refusals, ({ percent }) => percent),
        expected: bothAlike(
          "A connection that no target can take is rejected, and AWS counts it as such.",
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
          "A rejected client is told, and does not have to wait.",
          rejects,
        ),
      },
      {
        title: "lost while there was no target, keep-alive",
        unit: "requests",
        ...bySide(
          loaded,
          ({ samples, happened: { to } }) =>
            samples.filter(
              ({ load, at, outcome }) => load === "http keep-alive" && at < to && outcome.kind === "lost",
            ).length,
        ),
        expected: bothAlike(
          "Connections that exist are served until the deregistration delay is over, and after it unless they are to be terminated.",
          inFlight,
          (value) => value === 0,
        ),
      },
      {
        title: "registered again: until the first answer",
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
  },
};

interface Empty {
  readonly answersAgainSeconds: number;
  /** While there was no target, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

async function removeAllTargets(bed: Bed, target: Target, soFar: () => readonly Sample[]): Promise<Empty> {
  const { account, signal } = bed;
  const before = await account.targets(target.hostname);
  const wait = (seconds: number): Promise<void> => sleep(seconds * 1000, undefined, { signal });
  const span = { from: 0, to: 0 };
  try {
    for (const { targetGroupArn, id } of before) await account.deregister(targetGroupArn, id);
    await wait(timing.propagationSeconds);
    span.from = now();
    await wait(spellSeconds);
    span.to = now();
  } finally {
    for (const { targetGroupArn, id } of before) await account.register(targetGroupArn, id);
  }
  const fresh = ({ load, at }: Sample): boolean => load !== "http keep-alive" && at > span.to;
  const answersAgainSeconds = await eventually(
    `${target.way}: answers again`,
    () => Promise.resolve(soFar().some((sample) => fresh(sample) && sample.outcome.kind === "answered")),
    2 * latestFirstRequestSeconds(bed.timeScale),
    signal,
  );
  await allHealthy(bed, [target]);
  return { ...span, answersAgainSeconds };
}
