/** Expectations with a bound: each side has to keep it, and within it the ways differ only by chance. */
import type { Bounds, Documented } from "./documented.ts";
import type { Expected, Value } from "./scenario.ts";

/** Whether a value is a number of which something holds. */
export const isNumber =
  (holds: (value: number) => boolean) =>
  (value: Value): boolean =>
    typeof value === "number" && holds(value);

/** Whether it is a number within these bounds. */
export const isWithin = (least: number, most = Infinity): ((value: Value) => boolean) =>
  isNumber((value) => value >= least && value <= most);

/** A number of at most `most` on both sides. */
export function atMost(most: number, sentence: string, source: string): Expected {
  return bounded(
    isNumber((value) => value <= most),
    sentence,
    source,
  );
}

/** A number of at least `least` on both sides. */
export function atLeast(least: number, sentence: string, source: string): Expected {
  return bounded(isWithin(least), sentence, source);
}

/** A number within these bounds on both sides. */
export function between(least: number, most: number, sentence: string, source: string): Expected {
  return bounded(isWithin(least, most), sentence, source);
}

/** The same, and what a cloud says of them. */
export function betweenAsDocumented(within: Bounds, documented: (within: Bounds) => Documented): Expected {
  const { sentence, source } = documented(within);
  return between(within.least, within.most, sentence, source);
}

function bounded(holds: (value: Value) => boolean, sentence: string, source: string): Expected {
  return { sentence, source, left: holds, right: holds, alike: { by: () => true } };
}
