/** Whether UDP has to arrive, and what has to become of a flow whose pod goes. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { atMost } from "../bounds.ts";
import { flowOf } from "./flow.ts";
import { andThen, measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { asDocumented, bothAlike } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { answeredPercent } from "../traffic/figures.ts";
import { figureOf, sentBy } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";

export const flowPerSecond = 20;

const conntrack = "https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/proxy/conntrack/cleanup.go";

/** What happened on one side. */
export interface Replaced {
  /** When the flow's pod was deleted, in milliseconds since the epoch. */
  readonly at: number;
  /** Whose address pods saw. */
  readonly seen: string;
}

/** Loads are called `each`, which makes every request a flow, and `flow`. */
export type Measured = BySide<Outcome<Loaded<Replaced>>>;

export function conclude(loaded: Measured, { expectations, words }: Conditions): Finding[] {
  const { answered, seen } = expectations.udp;
  return [
    {
      title: `answered by ${words.name}`,
      headline: true,
      unit: "%",
      ...figureOf(loaded, "each", answeredPercent),
      expected: bothAlike(answered.sentence, answered.source, (value) => value === 100),
    },
    {
      title: "policy Cluster: pods see",
      unit: "",
      ...bySide(loaded, ({ happened }) => happened.seen),
      expected: asDocumented(seen),
    },
    ...flowFindings(loaded, "killed"),
  ];
}

export function flowFindings(loaded: Measured, what: string): Finding[] {
  const flows = mapBySide(loaded, (of) =>
    andThen(sentBy(of, "flow"), (samples) => measured(flowOf(samples))),
  );
  const mostLost = flowPerSecond * timing.endpointSeconds;
  return [
    {
      title: `moves of a flow whose pod is ${what}`,
      unit: "",
      ...bySide(flows, ({ moves }) => moves),
      expected: bothAlike(
        "A flow stays with its pod as long as that pod serves, and continues with one other.",
        conntrack,
        (value) => value === 1,
      ),
    },
    {
      title: `lost of a flow whose pod is ${what}`,
      unit: "requests",
      ...figureOf(loaded, "flow", ({ lost }) => lost),
      expected: atMost(
        mostLost,
        `What is sent to a pod that is gone is lost until the flow moves: ${flowPerSecond} a second for ${timing.endpointSeconds} s at most.`,
        conntrack,
      ),
    },
    {
      title: `silence of a flow whose pod is ${what}`,
      headline: true,
      unit: "s",
      ...bySide(flows, ({ silentSeconds }) => silentSeconds ?? Infinity),
      expected: atMost(
        timing.endpointSeconds,
        `kube-proxy forgets flows to endpoints that no longer serve, as soon as it has its new rules: within ${timing.endpointSeconds} s. It would not if no endpoint were left (kubernetes#139628).`,
        conntrack,
      ),
    },
  ];
}

/** @param what happens to the flow's pod, as an event */
export function timelines(loaded: Measured, what: string): Timeline[] {
  return timelinesOf(loaded, [
    { title: "one flow", load: "flow", answeredBy: "pod", events: ({ at }) => [{ at, title: what }] },
  ]);
}
