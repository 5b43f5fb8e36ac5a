/** Figures for readers, with only the digits that matter. */
import type { Ratio, Spread } from "./statistics.ts";

/** Three significant digits, without an exponent. */
export function figure(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** The median, with the smallest and the largest in parentheses. */
export const spreadWords = ({ min, median, max }: Spread, write = figure): string =>
  `${write(median)} (${write(min)} to ${write(max)})`;

export const ratioWords = ({ ofMedians, min, max }: Ratio): string =>
  `${ofMedians.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)})`;
