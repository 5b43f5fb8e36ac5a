/** 2. How requests are spread over zones, over nodes as targets, and over pods, without cross-zone load balancing and with it. */
import type { BySide } from "../../result/bySide.ts";
import type { Target } from "../testbed/testbed.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Expected, Finding, Scenario } from "../scenario.ts";
import { bySide, mapBySide, onBothSides } from "../sides.ts";
import { placesOf, spreadOf } from "./spreading.ts";
import type { Spread } from "./spreading.ts";
import { evenly, shownCounts } from "../statistics/counts.ts";
import type { Counts } from "../statistics/counts.ts";
import { sendToBoth } from "../traffic/bothSides.ts";
import { burst } from "../traffic/burst.ts";
import type { Load } from "../traffic/load.ts";

/** Enough to tell 60 % on one of three from a third with a probability of 0.9999 at the level below, and 50 % with one of 0.6. */
const requests = 300;
const perSecond = 100;

const variants = { plain: "cross-zone off", crossZone: "cross-zone on" } as const;
type Spreading = keyof typeof variants;

/** Probability that a run takes chance for a difference. */
const falseAlarms = 1e-6;
/** Zones, targets and pods in both variants, and how far targets are away in one; three tests each. */
const level = falseAlarms / ((2 * 3 + 1) * 3);
const tested = `By chi-square tests of fit and of homogeneity, each at the level ${level.toExponential(0)}, so that one run in a million takes chance for a difference.`;

const routing =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#request-routing";
const crossZone =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing";
const proxyMode = "https://kubernetes.io/docs/reference/networking/virtual-ips/#proxy-mode-nftables";

export const spread: Scenario = {
  id: "spread",
  title: "Spread over zones, nodes and pods",
  question: "Where do requests go that ask for the load balancer by its name?",
  quick: true,
  besideOthers: true,
  async run(testbed) {
    const names = Object.keys(variants) as Spreading[];
    const loads = (side: keyof BySide<unknown>): Load[] =>
      names.map((variant) => load(variant, testbed.targets(variant)[side]));
    const samples = await sendToBoth(testbed, { left: loads("left"), right: loads("right") });
    const found = await Promise.all(
      names.map(async (variant) => {
        const targets = testbed.targets(variant);
        const spreads = await onBothSides(targets, testbed.signal, async (target) => {
          const ofSide = target === targets.left ? samples.left : samples.right;
          const own = ofSide.filter(({ load: id }) => id === variant);
          return spreadOf(own, await placesOf(testbed, target));
        });
        return findings(variant, spreads);
      }),
    );
    return found.flat();
  },
};

function load(id: Spreading, { hostname, ports }: Target): Load {
  return burst(hostname, ports, { id, kind: "http", requests, perSecond });
}

export function findings(variant: Spreading, spreads: BySide<Outcome<Spread>>): Finding[] {
  const counted = (what: string, countsOf: (spread: Spread) => Counts, expected: Expected): Finding => ({
    title: `${variants[variant]}: ${what}`,
    headline: variant === "plain" && what === "by pod",
    unit: "",
    ...bySide(spreads, (of) => shownCounts(countsOf(of))),
    expected,
  });
  return [
    {
      title: `${variants[variant]}: answered`,
      unit: "%",
      ...mapBySide(spreads, ({ answered }) => answered),
      expected: bothAlike("All zones and targets are healthy.", routing, (value) => value === 100),
    },
    counted(
      "by zone's address",
      ({ zones }) => zones,
      evenly(level, `The name has an address a zone, and the client takes any of them. ${tested}`, routing),
    ),
    counted(
      "by node as target",
      ({ targets }) => targets,
      evenly(level, `Each flow goes to a target by a hash of its addresses and ports. ${tested}`, routing),
    ),
    ofZones[variant](spreads),
    counted(
      "by pod",
      ({ pods }) => pods,
      evenly(
        level,
        `With the policy Cluster a node takes any pod at random, its own or another node's. ${tested}`,
        proxyMode,
      ),
    ),
  ];
}

/** What a zone's address has to do with the target's zone. */
const ofZones: Readonly<Record<Spreading, (spreads: BySide<Outcome<Spread>>) => Finding>> = {
  plain: (spreads) => ({
    title: "cross-zone off: to the node of the address's own zone",
    unit: "%",
    ...bySide(spreads, ({ zonesAway: { of, elsewhere } }) => {
      const all = of.reduce((sum, count) => sum + count, elsewhere);
      return all === 0 ? 0 : (100 * (of[0] ?? 0)) / all;
    }),
    expected: bothAlike(
      "Each address uses the targets of its own zone only; what pods take for the client shows which node a request came through.",
      crossZone,
      (value) => value === 100,
    ),
  }),
  crossZone: (spreads) => ({
    title: "cross-zone on: to the address's own zone, the next one, ...",
    unit: "",
    ...bySide(spreads, ({ zonesAway }) => shownCounts(zonesAway)),
    expected: evenly(level, `Each address uses the targets of all zones. ${tested}`, crossZone),
  }),
};
