/** Which calls of pods to a load balancer whose members they are have to be answered. */
import type { BySide } from "../../result/bySide.ts";
import type { Shares } from "../hairpin/calls.ts";
import type { Outcome } from "../outcome.ts";
import { asDocumented, bothAlike } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { bySide } from "../sides.ts";
import type { Keeping } from "./expectations.ts";

export const titles = {
  kept: "address kept",
  unset: "nothing said of the address",
} as const satisfies Readonly<Record<Keeping, string>>;

export const keepings = Object.keys(titles) as readonly Keeping[];

export type Measured = Readonly<Record<Keeping, BySide<Outcome<Shares>>>>;

export function conclude(measured: Measured, { expectations }: Conditions): Finding[] {
  const { ownPercent, others: reached } = expectations.hairpinOfTargets;
  return keepings.flatMap((keeping): Finding[] => [
    {
      title: `${titles[keeping]}: at the own zone's address`,
      unit: "%",
      headline: true,
      ...bySide(measured[keeping], ({ own }) => own),
      expected: asDocumented(ownPercent[keeping]),
    },
    {
      title: `${titles[keeping]}: at other zones' addresses`,
      unit: "%",
      ...bySide(measured[keeping], ({ others }) => others),
      expected: bothAlike(reached.sentence, reached.source, (value) => value === 100),
    },
  ]);
}
