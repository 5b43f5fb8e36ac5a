/** What the end of a container may cost while the API server is down. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { figureOf, lastLossFor } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";
import { atMost } from "../bounds.ts";

export interface Unattended {
  /** When the container was killed, in milliseconds since the epoch. */
  readonly at: number;
  /** Whether its pod answered again while the API server was down. */
  readonly answersAgain: boolean;
}

/** Until a kubelet has restarted a container that ended for the first time: it looks once a second, and does not wait before the first restart. */
const restartSeconds = timing.endpointSeconds + timing.machineSeconds;

const restarts = "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy";
const nodes = "https://kubernetes.io/docs/concepts/architecture/#node-components";

/** Enough that a third of them, a pod's share, shows a gap of a second. */
export const perSecond = timing.perSecond / 2;

export type Measured = BySide<Outcome<Loaded<Unattended>>>;

export function conclude(loaded: Measured): Finding[] {
  const span = ({ at }: Unattended) => ({ from: at });
  const mostLost = Math.ceil((perSecond / 3) * restartSeconds);
  return [
    {
      title: "its pod answers again",
      unit: "",
      ...bySide(loaded, ({ happened: { answersAgain } }) => answersAgain),
      expected: bothAlike(
        "A node's kubelet restarts its containers by itself, and tells the API server afterwards.",
        restarts,
        (value) => value === true,
      ),
    },
    {
      title: "lost, new connections",
      unit: "requests",
      ...figureOf(loaded, "http", ({ lost }) => lost, span),
      expected: atMost(
        mostLost,
        `kube-proxy keeps the endpoint until it is told otherwise, so the pod's share is lost until the pod is back: at ${perSecond} requests a second at most ${mostLost} in ${restartSeconds} s.`,
        nodes,
      ),
    },
    {
      title: "until the last loss",
      unit: "s",
      ...mapBySide(loaded, (one) => lastLossFor(one, "http", one.happened.at, span(one.happened))),
      expected: atMost(
        restartSeconds,
        `A container that ended for the first time is restarted at once, here within ${restartSeconds} s.`,
        restarts,
      ),
    },
    {
      title: "longest gap",
      unit: "s",
      ...figureOf(loaded, "http", ({ longestGapSeconds }) => longestGapSeconds, span),
      expected: atMost(
        timing.requestTimeoutMilliseconds / 1000,
        "Load balancers, kube-proxy and the other pods go on with their last configuration.",
        nodes,
      ),
    },
  ];
}

export function timelines(loaded: Measured): Timeline[] {
  return timelinesOf(loaded, [
    {
      title: "new connections",
      load: "http",
      answeredBy: "pod",
      events: ({ at }) => [{ at, title: "container killed" }],
    },
  ]);
}
