/** Which calls of pods to their own load balancer have to be answered. */
import type { BySide } from "../../result/bySide.ts";
import type { Outcome } from "../outcome.ts";
import { asDocumented, bothAlike } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { bySide } from "../sides.ts";
import type { Shares } from "./calls.ts";
import type { Called } from "./expectations.ts";

/** Of what is called, by variant of the testbed. */
export const titles = {
  plain: "Cluster, address kept",
  local: "Local, address kept",
  masqueraded: "Cluster, not kept",
} as const satisfies Readonly<Record<Called, string>>;

export const variants = Object.keys(titles) as readonly Called[];

/** By variant. */
export type Measured = Readonly<Record<Called, BySide<Outcome<Shares>>>>;

export function conclude(measured: Measured, { expectations }: Conditions): Finding[] {
  const { ownPercent, others: reached } = expectations.hairpin;
  return variants.flatMap((variant): Finding[] => [
    {
      title: `${titles[variant]}: at the own zone's address`,
      unit: "%",
      ...bySide(measured[variant], (share) => share.own),
      expected: asDocumented(ownPercent[variant]),
    },
    {
      title: `${titles[variant]}: at other zones' addresses`,
      unit: "%",
      ...bySide(measured[variant], ({ others }) => others),
      expected: bothAlike(reached.sentence, reached.source, (value) => value === 100),
    },
  ]);
}
