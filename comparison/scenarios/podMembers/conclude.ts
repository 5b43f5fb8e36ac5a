/** What a roll-out loses, and how long it takes, by what the members of the load balancer are. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { atLeast, atMost, betweenAsDocumented, isNumber } from "../bounds.ts";
import type { Bounds, Documented } from "../documented.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Conditions, Expected, Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { earliestFirstRequestSeconds, latestFirstRequestSeconds, timing } from "../timing.ts";
import { answeredPercent } from "../traffic/figures.ts";
import type { Figures } from "../traffic/figures.ts";
import { figure, figureOf } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";
import { zonalFigures, zoneLoad } from "./zonal.ts";

/** What the members are, by what is rolled out first. */
export const members = {
  nodes: "nodes",
  pods: "pods",
  gated: "pods with readiness gates",
} as const;
export type MembersAre = keyof typeof members;

/** The load that looks up the load balancer's name for each request. */
export const byName = "name";

/** The share of requests that has to be answered, in percent. */
const goal = 99;

const lifecycle = "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow";
const rolling =
  "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment";

export interface RolledOut {
  /** In milliseconds since the epoch. */
  readonly startedAt: number;
  readonly rolledOutAt: number;
  /** How many pods there were, and how many of them have been replaced. */
  readonly pods: number;
  readonly replaced: number;
}

export type Measured = Readonly<Record<MembersAre, BySide<Outcome<Loaded<RolledOut>>>>>;

export function conclude(measured: Measured, at: Conditions): Finding[] {
  const { loses, withoutMember, nameWithoutMember, gated, gatedPod } = at.expectations.podMembers;
  const zonal = {
    nodes: mapBySide(measured.nodes, zonalFigures),
    pods: mapBySide(measured.pods, zonalFigures),
    gated: mapBySide(measured.gated, zonalFigures),
  };
  const nodesServe = {
    sentence: `A pod goes on serving during the sleep before it ends, and its successor is ready before: at least ${goal} %.`,
    source: lifecycle,
  };
  return [
    ...replaced(measured),
    ...servedWell("nodes", measured.nodes, zonal.nodes, nodesServe),
    {
      ...zonalShare("pods", zonal.pods),
      headline: true,
      expected: bothAlike(
        loses.sentence,
        loses.source,
        isNumber((value) => value < goal),
        () => true,
      ),
    },
    { ...zonalGap("pods", zonal.pods), expected: betweenAsDocumented(gapWithin(at), withoutMember) },
    {
      title: `${members.pods}: longest gap at the name`,
      unit: "s",
      ...figureOf(measured.pods, byName, ({ longestGapSeconds }) => longestGapSeconds),
      expected: upTo(gapWithin(at).most, nameWithoutMember),
    },
    ...servedWell("gated", measured.gated, zonal.gated, gated),
    {
      title: `${members.gated}: a roll-out takes, for each pod`,
      unit: "s",
      ...bySide(
        measured.gated,
        ({ happened: { startedAt, rolledOutAt, pods } }) => (rolledOutAt - startedAt) / 1000 / pods,
      ),
      expected: betweenAsDocumented(gatedPodWithin(at), gatedPod),
    },
  ];
}

function upTo(most: number, documented: (mostSeconds: number) => Documented): Expected {
  const { sentence, source } = documented(most);
  return atMost(most, sentence, source);
}

const replaced = (measured: Measured): Finding[] =>
  (Object.keys(members) as MembersAre[]).map((kind) => ({
    title: `${members[kind]}: pods replaced`,
    unit: "%",
    ...bySide(measured[kind], ({ happened }) => (100 * happened.replaced) / happened.pods),
    expected: bothAlike("A roll-out replaces every pod.", rolling, (value) => value === 100),
  }));

function servedWell(
  kind: MembersAre,
  loaded: BySide<Outcome<Loaded<RolledOut>>>,
  zonal: BySide<Outcome<Figures>>,
  { sentence, source }: { readonly sentence: string; readonly source: string },
): Finding[] {
  return [
    {
      title: `${members[kind]}: answered at the name`,
      unit: "%",
      ...figureOf(loaded, byName, answeredPercent),
      expected: atLeast(goal, sentence, source),
    },
    { ...zonalShare(kind, zonal), headline: kind === "gated", expected: atLeast(goal, sentence, source) },
    {
      ...zonalGap(kind, zonal),
      expected: atMost(timing.requestTimeoutMilliseconds / 1000, sentence, source),
    },
  ];
}

const zonalShare = (kind: MembersAre, zonal: BySide<Outcome<Figures>>) =>
  ({
    title: `${members[kind]}: answered at the zones' addresses`,
    unit: "%",
    ...figure(zonal, answeredPercent),
  }) as const;

const zonalGap = (kind: MembersAre, zonal: BySide<Outcome<Figures>>) =>
  ({
    title: `${members[kind]}: longest gap at a zone's address`,
    unit: "s",
    ...figure(zonal, ({ longestGapSeconds }) => longestGapSeconds),
  }) as const;

/** The former pod may be taken out a moment after the new one is registered. */
function gapWithin(at: Conditions): Bounds {
  return {
    least: Math.max(0, earliestFirstRequestSeconds(at) - timing.machineSeconds),
    most: latestFirstRequestSeconds(at) + timing.requestTimeoutMilliseconds / 1000,
  };
}

/** On top of what its member takes, a pod starts, and the controller looks at the member's health now and then. */
function gatedPodWithin(at: Conditions): Bounds {
  return {
    least: earliestFirstRequestSeconds(at),
    most: latestFirstRequestSeconds(at) + at.expectations.podMembers.lookSeconds + timing.machineSeconds,
  };
}

export function timelines(measured: Measured): Timeline[] {
  return (Object.keys(members) as MembersAre[]).flatMap((kind) =>
    timelinesOf(
      measured[kind],
      [byName, zoneLoad(0), zoneLoad(1), zoneLoad(2)].map((load) => ({
        title: `${members[kind]}, requests to ${load === byName ? "the name" : `the address of ${load}`}`,
        load,
        answeredBy: "pod" as const,
        events: ({ startedAt, rolledOutAt }: RolledOut) => [
          { at: startedAt, title: "roll-out" },
          { at: rolledOutAt, title: "rolled out" },
        ],
      })),
    ),
  );
}
