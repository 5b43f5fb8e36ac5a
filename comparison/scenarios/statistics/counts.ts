/** How often each of several equal choices was made, shown as `101 / 97 / 102`, and which counts chance permits. */
import type { Expected, Value } from "../scenario.ts";
import { testHomogeneity, testUniform } from "./chiSquare.ts";

export interface Counts {
  /** In the order of the categories. */
  readonly of: readonly number[];
  /** What is in no category. */
  readonly elsewhere: number;
}

export function tally(words: readonly string[], categories: readonly string[]): Counts {
  return {
    of: categories.map((category) => words.filter((word) => word === category).length),
    elsewhere: words.filter((word) => !categories.includes(word)).length,
  };
}

export function shownCounts({ of, elsewhere }: Counts): string {
  return `${of.join(" / ")}${elsewhere === 0 ? "" : `, ${elsewhere} elsewhere`}`;
}

/** @returns undefined if something was elsewhere, or nothing was counted */
function countsIn(value: Value): number[] | undefined {
  if (typeof value !== "string") return undefined;
  const counts = value.split(" / ").map(Number);
  return counts.every(Number.isInteger) && counts.some((count) => count > 0) ? counts : undefined;
}

/**
 * Chance decides, the same for all categories and for both sides.
 * @param level of each of the three tests (one for each side, and one whether both are alike): the probability that it mistakes chance for a difference
 */
export function evenly(level: number, sentence: string, source: string): Expected {
  const even = (value: Value): boolean => {
    const counts = countsIn(value);
    return counts !== undefined && testUniform(counts).p >= level;
  };
  const alike = (left: Value, right: Value): boolean => {
    const [one, other] = [countsIn(left), countsIn(right)];
    return one?.length === other?.length && testHomogeneity([one ?? [], other ?? []]).p >= level;
  };
  return { sentence, source, left: even, right: even, alike: { by: alike } };
}
