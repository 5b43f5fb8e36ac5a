/** The outcome of each source, without repetition. */
import type { Comparison } from "../result/comparison.ts";

type Source = Comparison["sources"][number];

/** Rows that are equal for both sides are one row for both. */
export function sourcesOnce({ sources }: Comparison): Source[] {
  const isShared = ({ side, source, outcome, reason }: Source): boolean =>
    sources.some(
      (other) =>
        other.side !== side &&
        other.side !== "both" &&
        other.source === source &&
        other.outcome === outcome &&
        other.reason === reason,
    );
  return sources
    .filter((row) => row.side !== "right" || !isShared(row))
    .map((row) => (row.side === "left" && isShared(row) ? { ...row, side: "both" } : row));
}
