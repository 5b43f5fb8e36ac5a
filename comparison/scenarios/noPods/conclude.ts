/** What clients met while there was no pod, and until there were pods again: pure decisions. */
import type { BySide } from "../../result/bySide.ts";
import { atMost } from "../bounds.ts";
import { andThen, measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { figureOf, lastLossFor, sentBy } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { refusalsAmong } from "../traffic/refusals.ts";

const rejects = "https://kubernetes.io/docs/reference/networking/virtual-ips/#proxy-mode-nftables";

export interface Gone {
  /** While there was no pod, in milliseconds since the epoch. */
  readonly none: { readonly from: number; readonly to: number };
  /** When all pods were ready again. */
  readonly readyAt: number;
}

export function noPodsFindings(loaded: BySide<Outcome<Loaded<Gone>>>): Finding[] {
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
        "A node rejects connections to a Service without endpoints, and a load balancer without a healthy target passes them on to the nodes. A node says so by ICMP, once a second to each client: who asks more often has to wait. Whether AWS passes that on is not documented; the lab does.",
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
      // Losses that stop because nothing more is sent say nothing.
      ...mapBySide(loaded, (one) => {
        const { readyAt } = one.happened;
        const after = { from: readyAt + timing.endpointSeconds * 1000 };
        return andThen(sentBy(one, "http", after), () =>
          lastLossFor(one, "http", readyAt, { from: readyAt }),
        );
      }),
      expected: atMost(
        timing.endpointSeconds,
        "The load balancers pass everything on as long as no target is healthy, so that a node that knows of a pod again answers.",
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-health",
      ),
    },
  ];
}
