/** A comparison in a few lines, as an output of a stack. */
import type { Comparison } from "../result/comparison.ts";

export interface ShortForm {
  readonly verdict: string;
  /** Why it is not equivalent, one sentence each; left out if it is. */
  readonly reasons?: readonly string[];
  /** How many aspects have which verdict. */
  readonly aspects: Readonly<Record<string, number>>;
  /** Why the two ways differ, by the id of the catalogue's entry. */
  readonly differences: Readonly<Record<string, string>>;
}

/** Equal from run to run as long as the facts are. */
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
