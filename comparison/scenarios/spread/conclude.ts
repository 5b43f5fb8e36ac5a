/** How evenly requests have to spread. */
import type { BySide } from "../../result/bySide.ts";
import type { Outcome } from "../outcome.ts";
import { asDocumented, bothAlike } from "../scenario.ts";
import type { Conditions, Expected, Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { evenly, shownCounts } from "../statistics/counts.ts";
import type { Counts } from "../statistics/counts.ts";
import type { Spread } from "./spreading.ts";
import type { Documented } from "../documented.ts";
import type { SpreadExpectations, ZonalSpread } from "./expectations.ts";

/** Enough to tell 60 % on one of three from a third with a probability of 0.9999 at the level below, and 50 % with one of 0.6. */
export const requests = 300;

const variants = { plain: "cross-zone off", crossZone: "cross-zone on" } as const;
export type Spreading = keyof typeof variants;

/** The variants that differ where there are zones; one of them where there are none. */
export const spreadingsFor = ({ zonal }: SpreadExpectations): readonly Spreading[] =>
  zonal === undefined ? ["plain"] : ["plain", "crossZone"];

/** By variant. */
export type Measured = Readonly<Partial<Record<Spreading, BySide<Outcome<Spread>>>>>;

/** Probability that a run mistakes chance for a difference. */
const falseAlarms = 1e-6;
/** Zones, targets and pods in both variants, and how far targets are away in one; three tests each. */
const level = falseAlarms / ((2 * 3 + 1) * 3);
const tested = `By chi-square tests of fit and of homogeneity, each at the level ${level.toExponential(0)}, so that one run in a million mistakes chance for a difference.`;

const proxyMode = "https://kubernetes.io/docs/reference/networking/virtual-ips/#proxy-mode-nftables";

const evenlyAsDocumented = ({ sentence, source }: Documented): Expected =>
  evenly(level, `${sentence} ${tested}`, source);

export function conclude(measured: Measured, { expectations }: Conditions): Finding[] {
  return spreadingsFor(expectations.spread).flatMap((variant) => {
    const spreads = measured[variant];
    return spreads === undefined ? [] : findings(variant, spreads, expectations.spread);
  });
}

function findings(
  variant: Spreading,
  spreads: BySide<Outcome<Spread>>,
  documented: SpreadExpectations,
): Finding[] {
  const { zonal } = documented;
  const titled = (what: string): string => (zonal === undefined ? what : `${variants[variant]}: ${what}`);
  const counted = (what: string, countsOf: (spread: Spread) => Counts, expected: Expected): Finding => ({
    title: titled(what),
    headline: variant === "plain" && what === "by pod",
    unit: "",
    ...bySide(spreads, (of) => shownCounts(countsOf(of))),
    expected,
  });
  return [
    {
      title: titled("answered"),
      unit: "%",
      ...mapBySide(spreads, ({ answered }) => answered),
      expected: bothAlike(documented.answered.sentence, documented.answered.source, (value) => value === 100),
    },
    ...(zonal === undefined
      ? []
      : [counted("by zone's address", ({ zones }) => zones, evenlyAsDocumented(zonal.addresses))]),
    counted("by node as target", ({ targets }) => targets, evenlyAsDocumented(documented.members)),
    ...(zonal === undefined ? [] : [ofZones[variant](spreads, zonal)]),
    counted(
      "by pod",
      ({ pods }) => pods,
      evenly(
        level,
        `With the policy Cluster, a node picks a pod at random, its own or another node's. ${tested}`,
        proxyMode,
      ),
    ),
  ];
}

/** How the zone of an address and the zone of the target have to be related. */
const ofZones: Readonly<
  Record<Spreading, (spreads: BySide<Outcome<Spread>>, documented: ZonalSpread) => Finding>
> = {
  plain: (spreads, { ownPercent }) => ({
    title: "cross-zone off: to the node of the address's own zone",
    unit: "%",
    ...bySide(spreads, ({ zonesAway: { of, elsewhere } }) => {
      const all = of.reduce((sum, count) => sum + count, elsewhere);
      return all === 0 ? 0 : (100 * (of[0] ?? 0)) / all;
    }),
    expected: asDocumented(ownPercent),
  }),
  crossZone: (spreads, { crossZone }) => ({
    title: "cross-zone on: to the address's own zone, the next one, ...",
    unit: "",
    ...bySide(spreads, ({ zonesAway }) => shownCounts(zonesAway)),
    expected: evenlyAsDocumented(crossZone),
  }),
};
