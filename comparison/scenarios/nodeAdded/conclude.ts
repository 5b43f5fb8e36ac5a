/** What an added node has to do, and when. */
import type { BySide } from "../../result/bySide.ts";
import { atMost, isNumber } from "../bounds.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { latestFirstRequestSeconds } from "../timing.ts";
import { figureOf } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import type { Documented } from "../documented.ts";

/** Longest time for an update of the testbed, and for a node to join or go. */
export const updateSeconds = 180;

/** How your own load balancer has its nodes: each by itself, or by the group that they are in. */
export type Attached = "nodes" | "group";

/** Times in seconds from when the node was Ready. */
export interface FirstRequest {
  /** Whether it got a request before anybody did anything. */
  readonly byItself: boolean;
  readonly firstRequestSeconds: number;
}

export type NodeAdded = Readonly<Record<Attached, FirstRequest>>;

/** Loads are called as what is attached. */
export type Measured = BySide<Outcome<Loaded<NodeAdded>>>;

function lostMeanwhile(
  way: Attached,
  title: string,
  loaded: Measured,
  { sentence, source }: Documented,
): Finding {
  return {
    title,
    unit: "requests",
    ...figureOf(loaded, way, ({ lost }) => lost),
    expected: bothAlike(sentence, source, (value) => value === 0),
  };
}

export function conclude(loaded: Measured, at: Conditions): Finding[] {
  const { byItself, firstRequest, group, groupFirstRequest, othersLoseNothing } = at.expectations.nodeAdded;
  const most = latestFirstRequestSeconds(at);
  const first = firstRequest(most);
  const firstOfGroup = groupFirstRequest(most);
  const attached = `with the ${at.words.machineGroup} attached`;
  return [
    {
      title: "takes requests before anybody does anything",
      unit: "",
      ...bySide(loaded, ({ happened }) => happened.nodes.byItself),
      expected: differing(byItself.sentence, byItself.source, {
        left: (value) => value === false,
        right: (value) => value === true,
      }),
    },
    {
      title: "from Ready to its first request",
      unit: "s",
      ...bySide(loaded, ({ happened }) => happened.nodes.firstRequestSeconds),
      expected: differing(first.sentence, first.source, {
        left: isNumber((value) => value > most && value <= 2 * most + updateSeconds),
        right: isNumber((value) => value <= most),
      }),
    },
    {
      title: `${attached}: takes requests before anybody does anything`,
      unit: "",
      ...bySide(loaded, ({ happened }) => happened.group.byItself),
      expected: bothAlike(group.sentence, group.source, (value) => value === true),
    },
    {
      title: `${attached}: from Ready to its first request`,
      unit: "s",
      ...bySide(loaded, ({ happened }) => happened.group.firstRequestSeconds),
      expected: atMost(most, firstOfGroup.sentence, firstOfGroup.source),
    },
    lostMeanwhile("nodes", "lost meanwhile", loaded, othersLoseNothing),
    lostMeanwhile("group", `${attached}: lost meanwhile`, loaded, othersLoseNothing),
  ];
}
