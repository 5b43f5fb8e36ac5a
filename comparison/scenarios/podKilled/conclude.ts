/** What may be lost when a pod and a container end without a warning. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { atMost } from "../bounds.ts";
import type { Outcome } from "../outcome.ts";
import type { Finding } from "../scenario.ts";
import { mapBySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { figureOf, lastLossFor } from "../traffic/loaded.ts";
import type { Loaded, Span } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";

/** When each was killed, in milliseconds since the epoch. */
export interface Killed {
  readonly podAt: number;
  readonly containerAt: number;
}

export const kinds = ["http", "http keep-alive"] as const;

/** Requests of each kind. */
export const perSecond = timing.perSecond / 2;

/** A kill, and the span of the requests that it may have cost. */
interface Kill extends Span {
  readonly at: number;
}

/** One of three pods gets its share of the traffic until nothing is sent to it any more. */
const mostLost = Math.ceil((perSecond / 3) * timing.endpointSeconds);

const source = "https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#conditions";

export type Measured = BySide<Outcome<Loaded<Killed>>>;

export function conclude(loaded: Measured): Finding[] {
  return [
    ...findings(loaded, "pod killed", ({ podAt, containerAt }) => ({ at: podAt, to: containerAt })),
    ...findings(loaded, "container killed", ({ containerAt }) => ({ at: containerAt, from: containerAt })),
  ];
}

function findings(loaded: Measured, what: string, killOf: (killed: Killed) => Kill): Finding[] {
  const lost = (kind: (typeof kinds)[number]) => figureOf(loaded, kind, (figures) => figures.lost, killOf);
  const lastLoss = (kind: (typeof kinds)[number]) =>
    mapBySide(loaded, (one) => {
      const kill = killOf(one.happened);
      return lastLossFor(one, kind, kill.at, kill);
    });
  const routed = atMost(
    timing.endpointSeconds,
    `kube-proxy has its new rules within ${timing.endpointSeconds} s.`,
    "https://kubernetes.io/docs/reference/networking/virtual-ips/#minsyncperiod",
  );
  const expected = atMost(
    mostLost,
    `A pod that ended gets its share of the traffic until its endpoint is gone and kube-proxy has its new rules: at ${perSecond} requests a second at most ${mostLost} in ${timing.endpointSeconds} s.`,
    source,
  );
  return [
    { title: `${what}: lost, new connections`, unit: "requests", ...lost("http"), expected, headline: true },
    { title: `${what}: lost, keep-alive`, unit: "requests", ...lost("http keep-alive"), expected },
    { title: `${what}: until the last loss`, unit: "s", ...lastLoss("http"), expected: routed },
    {
      title: `${what}: until the last loss, keep-alive`,
      unit: "s",
      ...lastLoss("http keep-alive"),
      expected: routed,
    },
    {
      title: `${what}: longest gap`,
      unit: "s",
      ...figureOf(loaded, "http", (figures) => figures.longestGapSeconds, killOf),
      expected: atMost(
        timing.requestTimeoutMilliseconds / 1000,
        "The other pods answer all the time.",
        source,
      ),
    },
  ];
}

export function timelines(loaded: Measured): Timeline[] {
  return timelinesOf(
    loaded,
    kinds.map((load) => ({
      title: load === "http" ? "new connections" : "keep-alive",
      load,
      answeredBy: "pod" as const,
      events: ({ podAt, containerAt }: Killed) => [
        { at: podAt, title: "pod killed" },
        { at: containerAt, title: "container killed" },
      ],
    })),
  );
}
