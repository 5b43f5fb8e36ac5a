/** Summaries and ratios of repeated measurements. */

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** One contender compared with another of the same run. */
export interface Ratio {
  /** The median of one over the median of the other. */
  readonly ofMedians: number;
  /** The smallest and the largest ratio within one round: they show the effect of chance. */
  readonly min: number;
  readonly max: number;
}

/** @throws {RangeError} without values */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const above = sorted[Math.floor(sorted.length / 2)];
  const below = sorted[Math.ceil(sorted.length / 2) - 1];
  if (above === undefined || below === undefined) throw new RangeError("there is no median of no values");
  return (above + below) / 2;
}

export function spread(values: readonly number[]): Spread {
  return { min: Math.min(...values), median: median(values), max: Math.max(...values) };
}

/**
 * @param values of one contender, one for each round
 * @param others of the other contender, in the same rounds
 */
export function ratio(values: readonly number[], others: readonly number[]): Ratio {
  if (values.length !== others.length)
    throw new RangeError(`${values.length} rounds cannot be compared with ${others.length}`);
  const { min, max } = spread(values.map((value, round) => value / (others[round] ?? NaN)));
  return { ofMedians: median(values) / median(others), min, max };
}
