/** What clients have to meet while there is no pod, and until there are pods again. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { atMost } from "../bounds.ts";
import { andThen, measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { figureOf, lastLossFor, sentBy } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";
import { refusalsAmong } from "../traffic/refusals.ts";

const rejects = "https://kubernetes.io/docs/reference/networking/virtual-ips/#proxy-mode-nftables";

export interface Gone {
  /** When the app was scaled to no pod, in milliseconds since the epoch. */
  readonly at: number;
  /** While there was no pod, in milliseconds since the epoch. */
  readonly none: { readonly from: number; readonly to: number };
  /** When all pods were ready again. */
  readonly readyAt: number;
}

export type Measured = BySide<Outcome<Loaded<Gone>>>;

export function conclude(loaded: Measured, { expectations }: Conditions): Finding[] {
  const { refused, again } = expectations.noPods;
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
      expected: bothAlike("There is no pod to answer.", rejects, (value) => value === 0),
    },
    {
      title: "refused without a pod",
      unit: "%",
      ...bySide(refusals, ({ percent }) => percent),
      expected: bothAlike(refused.sentence, refused.source, (value) => value === 100),
    },
    {
      title: "until a refused client knows (p99)",
      unit: "ms",
      ...bySide(refusals, ({ p99Milliseconds }) => p99Milliseconds),
      expected: atMost(timing.requestTimeoutMilliseconds, "A rejected client is told at once.", rejects),
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
      expected: atMost(timing.endpointSeconds, again.sentence, again.source),
    },
  ];
}

export function timelines(loaded: Measured): Timeline[] {
  return timelinesOf(loaded, [
    {
      title: "new connections",
      load: "http",
      answeredBy: "pod",
      events: ({ at, none, readyAt }) => [
        { at, title: "scaled to none" },
        { at: none.to, title: "scaled up" },
        { at: readyAt, title: "pods ready" },
      ],
    },
  ]);
}
