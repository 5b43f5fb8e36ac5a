/** A comparison in a few lines: what a stack says of itself beside its addresses. */
import type { Comparison } from "../result/comparison.ts";

export interface ShortForm {
  readonly verdict: string;
  /** Why it is not equivalent, a sentence each; left out if it is. */
  readonly reasons?: readonly string[];
  /** Aspects by what the comparison says of them. */
  readonly aspects: Readonly<Record<string, number>>;
  /** Why the ways differ where they do, by the id of the catalogue's entry. */
  readonly differences: Readonly<Record<string, string>>;
}

/** Nothing in it changes from one run to the next while the facts stay the same. */
export function shortForm({
  verdict,
  counts,
  explanations,
}: Pick<Comparison, "verdict" | "counts" | "explanations">): ShortForm {
  const { same, equivalent, different, unknown } = counts;
  return {
    verdict: verdict.sentence,
    ...(verdict.reasons.length === 0 ? {} : { reasons: [...verdict.reasons].sort() }),
    aspects: { same, equivalent, different, unknown },
    differences: Object.fromEntries(explanations.map(({ id, why }) => [id, why])),
  };
}
