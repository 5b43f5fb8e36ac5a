/** What clients have to meet while a node is drained, excluded and switched off. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { atLeast, isNumber, isWithin } from "../bounds.ts";
import type { Outcome } from "../outcome.ts";
import { bySideAsDocumented, differing } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { latestOutOfServiceSeconds } from "../timing.ts";
import { answeredPercent } from "../traffic/figures.ts";
import { figureOf, lastLossFor } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";

/** Times in milliseconds since the epoch. */
export interface DrainedNode {
  readonly at: number;
  /** Whether it was a target that gets new connections when it was cordoned and tainted, and had no pod of the app. */
  readonly afterDrain: boolean;
  /** The same when it had the label that excludes it from load balancers. */
  readonly afterExclusion: boolean;
  readonly excludedAt: number;
  /** When it was switched off. */
  readonly lostAt: number;
  readonly until: number;
}

const policy = "https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy";

/** Loads are called `cluster` and `local`, by the traffic policy. */
export type Measured = BySide<Outcome<Loaded<DrainedNode>>>;

export function conclude(loaded: Measured, { timeScale, clocks, expectations }: Conditions): Finding[] {
  const detection = latestOutOfServiceSeconds(clocks.checks.Cluster, timeScale);
  const switchedOff = expectations.nodeDrained.switchedOff(detection);
  const drained = ({ at, lostAt }: DrainedNode) => ({ from: at, to: lostAt });
  const off = ({ lostAt, until }: DrainedNode) => ({ from: lostAt, to: until });
  return [
    {
      title: "drained: answered, policy Cluster",
      unit: "%",
      ...figureOf(loaded, "cluster", answeredPercent, drained),
      expected: atLeast(
        99,
        "A node without a pod forwards everything, and pods go on serving during the sleep before they end.",
        policy,
      ),
    },
    {
      title: "drained: answered, policy Local",
      unit: "%",
      ...figureOf(loaded, "local", answeredPercent, drained),
      expected: differing(
        "The check of a healthCheckNodePort fails while the last pod still serves. The check of the node port fails only when the pod has ended, and until the load balancer notices, new connections to the node are lost.",
        policy,
        { left: isWithin(80), right: isWithin(99) },
      ),
    },
    {
      title: "drained: still a target",
      unit: "",
      ...bySide(loaded, ({ happened }) => happened.afterDrain),
      expected: bySideAsDocumented(expectations.nodeDrained.drained),
    },
    {
      title: "excluded by label: still a target",
      unit: "",
      ...bySide(loaded, ({ happened }) => happened.afterExclusion),
      expected: bySideAsDocumented(expectations.nodeDrained.excluded),
    },
    {
      title: "switched off: until the last new connection failed",
      unit: "s",
      ...mapBySide(loaded, (one) => lastLossFor(one, "cluster", one.happened.lostAt, off(one.happened))),
      expected: differing(switchedOff.sentence, switchedOff.source, {
        left: isNumber((value) => value > 0 && value <= detection),
        right: isNumber((value) => value === 0),
      }),
    },
  ];
}

export function timelines(loaded: Measured): Timeline[] {
  return timelinesOf(
    loaded,
    (["cluster", "local"] as const).map((load) => ({
      title: `new connections, policy ${load === "cluster" ? "Cluster" : "Local"}`,
      load,
      answeredBy: "node" as const,
      events: ({ at, excludedAt, lostAt }: DrainedNode) => [
        { at, title: "node drained" },
        { at: excludedAt, title: "node excluded" },
        { at: lostAt, title: "node switched off" },
      ],
    })),
  );
}
