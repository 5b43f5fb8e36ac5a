/** 6. All pods gone, and back: what a client meets meanwhile. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Bed, Target } from "../bed/bed.ts";
import { bedHealthy } from "../bed/health.ts";
import { atMost } from "../findings/bounds.ts";
import { eventually } from "../eventually.ts";
import { loadOf } from "../traffic/loads.ts";
import { bothAlike } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { andThen, measured } from "../outcome.ts";
import { bySide, mapBySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { refusalsAmong } from "../traffic/refusals.ts";
import { now } from "../traffic/sender.ts";
import { figureOf, lastLossFor, sentBy } from "../traffic/loaded.ts";
import { underLoad } from "../traffic/underLoad.ts";

/** How long requests are sent while there is no pod: until the load balancers have found all targets unhealthy, and on. */
const spellSeconds = 12;

/**
 * A node says that nobody is there by ICMP, and to one client no more often than once a second: who asks more often waits in vain for most of the answers.
 * https://docs.kernel.org/networking/ip-sysctl.html (icmp_ratelimit)
 */
const perSecond = 1;

const seconds = 60 + spellSeconds + 2 * timing.podSeconds;

const rejects = "https://kubernetes.io/docs/reference/networking/virtual-ips/#proxy-mode-nftables";

export const noPods: Scenario = {
  id: "no-pods",
  title: "All pods are gone",
  question: "What does a client meet when the app has no pod, and how long until it is answered again?",
  quick: false,
  async run(bed) {
    const loaded = await underLoad(bed, bed.targets("plain"), {
      loads: (target) => [loadOf(target, "http", { seconds, perSecond })],
      happen: (target) => scaleToNoneAndBack(bed, target),
    }).finally(() => bedHealthy(bed));
    const refusals = mapBySide(loaded, (one) =>
      andThen(sentBy(one, "http", one.happened.none), (samples) => measured(refusalsAmong(samples))),
    );
    return [
      {
        title: "answered without a pod",
        unit: "requests",
        ...figureOf(
          loaded,
          "http",
          ({ answered }) => answered,
          ({ none }) => none,
        ),
        expected: bothAlike("Nobody is there who could answer.", rejects, (value) => value === 0),
      },
      {
        title: "refused without a pod",
        unit: "%",
        ...bySide(refusals, ({ percent }) => percent),
        expected: bothAlike(
          "A node rejects connections to a Service without endpoints, and a load balancer without a healthy target passes them on to the nodes. A node says so by ICMP, once a second to each client: who asks more often has to wait.",
          rejects,
          (value) => value === 100,
        ),
      },
      {
        title: "until a refused client knows (p99)",
        unit: "ms",
        ...bySide(refusals, ({ p99Milliseconds }) => p99Milliseconds),
        expected: atMost(timing.requestTimeoutMilliseconds, "Who is rejected is told at once.", rejects),
      },
      {
        title: "pods ready again: until the last loss",
        unit: "s",
        ...mapBySide(loaded, (one) =>
          lastLossFor(one, "http", one.happened.readyAt, { from: one.happened.readyAt }),
        ),
        expected: atMost(
          timing.endpointSeconds,
          "The load balancers pass everything on as long as no target is healthy, so that a node that knows of a pod again answers.",
          "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-health",
        ),
      },
    ];
  },
};

interface Gone {
  /** While there was no pod, in milliseconds since the epoch. */
  readonly none: { readonly from: number; readonly to: number };
  /** When all pods were ready again. */
  readonly readyAt: number;
}

async function scaleToNoneAndBack(bed: Bed, target: Target): Promise<Gone> {
  const { cluster, signal, report } = bed;
  const { length: replicas } = (await cluster.pods(target)).filter(({ terminating }) => !terminating);
  const none = { from: 0, to: 0 };
  try {
    report("scaling to no pod");
    await cluster.scale(target, 0);
    const most = timing.podSeconds;
    await eventually("every pod ended", async () => (await cluster.pods(target)).length === 0, most, signal);
    await sleep(timing.endpointSeconds * 1000, undefined, { signal });
    none.from = now();
    await sleep(spellSeconds * 1000, undefined, { signal });
    none.to = now();
  } finally {
    await cluster.scale(target, replicas);
  }
  await cluster.rolledOut(target, timing.rollOutSeconds, signal);
  const readyAt = now();
  await sleep(2 * timing.endpointSeconds * 1000, undefined, { signal });
  return { none, readyAt };
}
