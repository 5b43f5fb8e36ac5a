/** What an added node has to do, and when. */
import type { BySide } from "../../result/bySide.ts";
import { atMost, isNumber } from "../bounds.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Conditions, Expected, Finding } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { latestFirstRequestSeconds } from "../timing.ts";
import { perSecond } from "../traffic/loads.ts";
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

type NodeAdded<Way extends string> = Readonly<Record<Way, FirstRequest>>;

/** Loads are called as the way in which your own load balancer has its nodes. */
type Of<Way extends string> = BySide<Outcome<Loaded<NodeAdded<Way>>>>;

/** Of both where a group can be attached. */
export type Measured = Of<"nodes"> | Of<Attached>;

/** The controller registers the nodes, for the program as for itself. */
export type MeasuredOfController = Of<"controller">;

interface Expectation {
  readonly byItself: Expected;
  readonly firstRequest: Expected;
  readonly lost: Expected;
}

/** @param prefix of the titles */
function findingsOf<Way extends string>(
  loaded: Of<Way>,
  way: Way,
  { byItself, firstRequest, lost }: Expectation,
  prefix = "",
): Record<"byItself" | "firstRequest" | "lost", Finding> {
  return {
    byItself: {
      title: `${prefix}takes requests before anybody does anything`,
      unit: "",
      ...bySide(loaded, ({ happened }) => happened[way].byItself),
      expected: byItself,
    },
    firstRequest: {
      title: `${prefix}from Ready to its first request`,
      unit: "s",
      ...bySide(loaded, ({ happened }) => happened[way].firstRequestSeconds),
      expected: firstRequest,
    },
    lost: {
      title: `${prefix}lost meanwhile`,
      unit: "requests",
      ...figureOf(loaded, way, (figures) => figures.lost),
      expected: lost,
    },
  };
}

const nothing = ({ sentence, source }: Documented): Expected =>
  bothAlike(sentence, source, (value) => value === 0);

/** The new node is one of three members at least, and all requests that are given to it meanwhile may be lost. */
const sharePerSecond = perSecond / 3;

/** Only the controller makes a node a member before it answers: an update comes when it is Ready. */
function lostByController({ sentence, source }: Documented, unansweredSeconds: number): Expected {
  const most = Math.ceil(sharePerSecond * unansweredSeconds);
  return {
    sentence,
    source,
    left: (value) => value === 0,
    right: isNumber((value) => value <= most),
    alike: { by: () => true },
  };
}

export function conclude(loaded: Measured, at: Conditions): Finding[] {
  const { byItself, firstRequest, group, othersLoseNothing, unansweredSeconds } = at.expectations.nodeAdded;
  const most = latestFirstRequestSeconds(at);
  const first = firstRequest(most);
  const nodes = findingsOf(loaded, "nodes", {
    byItself: differing(byItself.sentence, byItself.source, {
      left: (value) => value === false,
      right: (value) => value === true,
    }),
    firstRequest: differing(first.sentence, first.source, {
      left: isNumber((value) => value > most && value <= 2 * most + updateSeconds),
      right: isNumber((value) => value <= most),
    }),
    lost:
      unansweredSeconds === undefined
        ? nothing(othersLoseNothing)
        : lostByController(othersLoseNothing, unansweredSeconds / at.timeScale),
  });
  if (group === undefined) return Object.values(nodes);
  const firstOfGroup = group.firstRequest(most);
  const ofGroup = findingsOf(
    loaded as Of<Attached>,
    "group",
    {
      byItself: bothAlike(group.byItself.sentence, group.byItself.source, (value) => value === true),
      firstRequest: atMost(most, firstOfGroup.sentence, firstOfGroup.source),
      lost: nothing(othersLoseNothing),
    },
    `with the ${at.words.machineGroup} attached: `,
  );
  return [
    nodes.byItself,
    nodes.firstRequest,
    ofGroup.byItself,
    ofGroup.firstRequest,
    nodes.lost,
    ofGroup.lost,
  ];
}

export function concludeOfController(loaded: MeasuredOfController, at: Conditions): Finding[] {
  const { registers, othersLoseNothing } = at.expectations.nodeRegistered;
  const most = latestFirstRequestSeconds(at);
  const { sentence, source } = registers(most);
  return Object.values(
    findingsOf(loaded, "controller", {
      byItself: bothAlike(sentence, source, (value) => value === true),
      firstRequest: atMost(most, sentence, source),
      lost: nothing(othersLoseNothing),
    }),
  );
}
