/** The results over all kinds and sizes. */
import { median, ratio } from "../statistics.ts";
import type { Ratio } from "../statistics.ts";
import { metricsOf } from "./figures.ts";
import type { Figures, Metric } from "./figures.ts";
import { growthOf } from "./growth.ts";
import type { Growth } from "./growth.ts";
import { kinds } from "../clouds/cloud.ts";
import type { Kind } from "../clouds/cloud.ts";

/** A metric of one kind at one size. */
export interface Cell {
  readonly size: number;
  /** The median over the rounds. */
  readonly value: number;
  /** Relative to the smallest size of the same kind. */
  readonly againstSmallest: Ratio;
}

export interface MetricResult extends Pick<Metric, "name" | "unit"> {
  readonly byKind: Readonly<Record<Kind, { readonly cells: readonly Cell[]; readonly growth: Growth }>>;
  /** LoadBalancerExposures relative to as many NodePortExposures, one ratio for each size. */
  readonly kindsRatio: readonly Ratio[];
}

/** @param figuresOf by kind and size, one for each round */
export function scaleResults(
  sizes: readonly number[],
  figuresOf: (kind: Kind, size: number) => readonly Figures[],
): MetricResult[] {
  const [smallest = 0] = sizes;
  const [sample] = figuresOf(kinds[0], smallest);
  return (sample === undefined ? [] : metricsOf(sample)).map(({ name, unit, of }) => {
    const values = (kind: Kind, size: number): number[] => figuresOf(kind, size).map(of);
    const resultOf = (kind: Kind) => {
      const cells = sizes.map((size): Cell => ({
        size,
        value: median(values(kind, size)),
        againstSmallest: ratio(values(kind, size), values(kind, smallest)),
      }));
      return { cells, growth: growthOf(cells) };
    };
    const [own, theirs] = kinds;
    return {
      name,
      unit,
      byKind: { [own]: resultOf(own), [theirs]: resultOf(theirs) },
      kindsRatio: sizes.map((size) => ratio(values(theirs, size), values(own, size))),
    };
  });
}

/** Memory in MiB by program at the smallest and the largest size, the largest growth first. */
export function memoryGrowth(
  smallest: readonly Figures[],
  largest: readonly Figures[],
): { readonly program: string; readonly from: number; readonly to: number }[] {
  const names = [
    ...new Set([...smallest, ...largest].flatMap(({ memory }) => Object.keys(memory.byProgram))),
  ];
  const of = (figures: readonly Figures[], program: string): number =>
    median(figures.map(({ memory }) => memory.byProgram[program] ?? 0));
  return names
    .map((program) => ({ program, from: of(smallest, program), to: of(largest, program) }))
    .sort((a, b) => b.to - b.from - (a.to - a.from));
}
