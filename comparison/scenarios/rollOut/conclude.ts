/** What clients may notice of roll-outs. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { atLeast, atMost } from "../bounds.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { answeredPercent } from "../traffic/figures.ts";
import { figureOf } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
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

export type Measured = BySide<Outcome<Loaded<RolledOut>>>;

export function conclude(loaded: Measured): Finding[] {
  const answered = sent.map((row): Finding => ({
    title: `${row.policy}, ${row.title}: answered`,
    unit: "%",
    ...figureOf(loaded, idOf(row), answeredPercent),
    expected: atLeast(
      goal,
      `A pod goes on serving during the sleep before it ends, and its successor is ready before: at least ${goal} %.`,
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
