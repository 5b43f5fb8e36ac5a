/** Several comparisons with one Service in common, as one: the rows of all, and the reasons of all, each once. */
import type { Aspect, Comparison, Explanation } from "../result/comparison.ts";
import type { Several } from "../result/several.ts";

type Prediction = Comparison["predictions"][number];

export interface SharedReason extends Explanation {
  readonly number: number;
}

/** One aspect of all Services. */
export interface SharedRow {
  readonly id: string;
  readonly section: Aspect["section"];
  readonly title: string;
  /** Of the first Service. */
  readonly first: string;
  /** Of the others, in their order; undefined where neither Service has anything. */
  readonly others: readonly (SharedCell | undefined)[];
}

export interface SharedCell {
  readonly text: string;
  readonly verdict: Aspect["verdict"];
  /** The numbers of its reasons. */
  readonly reasons: readonly number[];
}

export interface SharedTable {
  readonly rows: readonly SharedRow[];
  readonly reasons: readonly SharedReason[];
}

export function sharedTable({ comparisons }: Several): SharedTable {
  const reasons = numbered(comparisons.flatMap(({ explanations }) => explanations));
  // An aspect that only one comparison has stays behind the one that it follows there.
  const rows = new Map<string, SharedRow>();
  for (const { aspects } of comparisons) {
    for (const { id, section, title, left: first } of aspects)
      if (!rows.has(id)) rows.set(id, { id, section, title, first, others: [] });
  }
  const numbersOf = (aspect: Aspect, explanations: readonly Explanation[]): number[] => {
    const used = new Set(aspect.differences.map(({ explanation }) => explanation));
    const texts = explanations.filter(({ id }) => used.has(id)).map(textOf);
    return reasons.filter((reason) => texts.includes(textOf(reason))).map(({ number }) => number);
  };
  return {
    reasons,
    rows: [...rows.values()].map((row) => ({
      ...row,
      others: comparisons.map(({ aspects, explanations }) => {
        const aspect = aspects.find(({ id }) => id === row.id);
        return (
          aspect && {
            text: aspect.right,
            verdict: aspect.verdict,
            reasons: numbersOf(aspect, explanations),
          }
        );
      }),
    })),
  };
}

/** Whether every Service that has the aspect is the same as the first one in it. */
export function isAlike({ others }: SharedRow): boolean {
  return others.every((cell) => cell === undefined || cell.verdict === "same");
}

/** The first one, and those that are compared with it. */
export function servicesOf({ comparisons }: Several): string[] {
  return [
    ...comparisons.slice(0, 1).map(({ left }) => left.service),
    ...comparisons.map(({ right }) => right.service),
  ];
}

export function limitsOnce({ comparisons }: Several): string[] {
  return [...new Set(comparisons.flatMap(({ limits }) => limits))];
}

/** Of all Services, each once: the first one is in every comparison. */
export function predictionsOnce({ comparisons }: Several): Prediction[] {
  const texts = new Map(
    comparisons.flatMap(({ predictions }) => predictions).map((each) => [JSON.stringify(each), each]),
  );
  return [...texts.values()];
}

/** A reason that says something of these two Services alone is one of its own. */
const textOf = ({ id, why }: Explanation): string => `${id}\n${why}`;

function numbered(explanations: readonly Explanation[]): SharedReason[] {
  const once = new Map(explanations.map((explanation) => [textOf(explanation), explanation]));
  return [...once.values()].map((explanation, index) => ({ ...explanation, number: index + 1 }));
}
