/** What clients may notice of roll-outs. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { atLeast, atMost } from "../bounds.ts";
import { andThen, measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { timing } from "../timing.ts";
import type { Sample } from "../../traffic/load.ts";
import { answeredPercent, figuresOf, inWords } from "../traffic/figures.ts";
import { figureOf, sentBy } from "../traffic/loaded.ts";
import type { Watched } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";

export const rollOuts = 5;

/** The share of requests that has to be answered, in percent. */
const goal = 99;

/** What is sent to either side. The first two together send 100 requests a second to the exposure with its defaults. */
export const sent = [
  { policy: "Cluster", kind: "http", variant: "plain", perSecond: 50, title: "new connections" },
  { policy: "Cluster", kind: "http keep-alive", variant: "plain", perSecond: 50, title: "keep-alive" },
  { policy: "Local", kind: "http", variant: "local", perSecond: 10, title: "new connections" },
  { policy: "Local", kind: "http keep-alive", variant: "local", perSecond: 10, title: "keep-alive" },
] as const;

const lifecycle = "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow";
const rolling =
  "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment";

export const idOf = ({ policy, kind }: Pick<(typeof sent)[number], "policy" | "kind">): string =>
  `${kind}, ${policy}`;

export interface RolledOut {
  /** How often each pod has been replaced. */
  readonly replacedEach: number;
  /** When each roll-out began, in milliseconds since the epoch. */
  readonly startedAt: readonly number[];
}

export type Measured = BySide<Outcome<Watched<RolledOut>>>;

export function conclude(loaded: Measured): Finding[] {
  const answered = sent.map((row): Finding => ({
    title: `${row.policy}, ${row.title}: answered`,
    unit: "%",
    ...mapBySide(loaded, (one) => answeredBySurvivors(one, idOf(row))),
    expected: atLeast(
      goal,
      `A pod goes on serving during the sleep before it ends, and its successor is ready before. Only a request that is under way over a kept connection when its pod ends is lost, since the app ends at once: at least ${goal} % of the others.`,
      lifecycle,
    ),
  }));
  return [
    {
      title: "pods replaced, each",
      unit: "",
      ...bySide(loaded, ({ happened }) => happened.replacedEach),
      expected: bothAlike("Every roll-out replaces every pod.", rolling, (value) => value === rollOuts),
    },
    ...answered,
    {
      title: "Cluster, new connections: longest gap",
      unit: "s",
      ...figureOf(
        loaded,
        idOf({ policy: "Cluster", kind: "http" }),
        ({ longestGapSeconds }) => longestGapSeconds,
      ),
      expected: atMost(
        timing.requestTimeoutMilliseconds / 1000,
        "Pods are replaced one after the other, and the others answer all the time.",
        rolling,
      ),
    },
  ];
}

/**
 * How many were answered, in percent, without those that their pod's end cut off. How many these are says nothing of the ways: the slower the machine, the longer
 * a request is under way.
 */
function answeredBySurvivors(loaded: Watched<RolledOut>, load: string): Outcome<number> {
  return andThen(sentBy(loaded, load), (samples) => {
    const cutOff = cutOffByTheEnd(samples, loaded);
    const others = figuresOf(
      samples.filter((sample) => !cutOff.has(sample)),
      loaded.nodeOfPod,
    );
    const count = cutOff.size === 0 ? "" : `; ${cutOff.size} more were under way when their pod ended`;
    return measured(answeredPercent(others), `${inWords(others)}${count}`);
  });
}

/**
 * Requests over a connection that was reset when its pod ended: shortly before the API server listed it for the last time, and it answered none that was sent later, over
 * whichever connection. A load balancer that resets connections to a pod that still serves is no end of the pod.
 */
function cutOffByTheEnd(
  samples: readonly Sample[],
  { samples: all, lastListed }: Watched<RolledOut>,
): ReadonlySet<Sample> {
  const lastAnswered = new Map<string, number>();
  for (const { at, outcome } of all)
    if (outcome.kind === "answered")
      lastAnswered.set(outcome.pod, Math.max(lastAnswered.get(outcome.pod) ?? at, at));
  return new Set(
    samples.filter(({ at, milliseconds, pod = "", outcome }) => {
      if (outcome.kind !== "lost" || outcome.reason !== "ECONNRESET") return false;
      const [reset, listed] = [at + milliseconds, lastListed.get(pod)];
      return (
        listed !== undefined &&
        Math.abs(listed - reset) <= timing.endpointSeconds * 1000 &&
        (lastAnswered.get(pod) ?? at) <= reset
      );
    }),
  );
}

export function timelines(loaded: Measured): Timeline[] {
  return timelinesOf(
    loaded,
    sent.map((row) => ({
      title: `${row.title}, policy ${row.policy}`,
      load: idOf(row),
      answeredBy: "pod" as const,
      events: ({ startedAt }: RolledOut) =>
        startedAt.map((at, index) => ({ at, title: `roll-out ${index + 1}` })),
    })),
  );
}
