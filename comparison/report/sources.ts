/** What the sources say, each thing once. */
import type { Comparison } from "../result/comparison.ts";

type Source = Comparison["sources"][number];

/** What is true of both sides alike is said of both. */
export function sourcesOnce({ sources }: Comparison): Source[] {
  const isShared = (row: Source): boolean =>
    sources.some(
      (other) =>
        other.side === otherSides[row.side] &&
        other.source === row.source &&
        other.outcome === row.outcome &&
        other.reason === row.reason,
    );
  return sources
    .filter((row) => row.side !== "right" || !isShared(row))
    .map((row) => (row.side === "left" && isShared(row) ? { ...row, side: "both" } : row));
}

const otherSides = { left: "right", right: "left", both: undefined } as const;
