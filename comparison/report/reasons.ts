/** The reasons for differences, numbered in the order of the aspects. */
import type { Aspect, Comparison, Explanation } from "../result/comparison.ts";

export interface Reason extends Explanation {
  readonly number: number;
}

export function reasonsOf({ aspects, explanations }: Comparison): Reason[] {
  const used = new Set(aspects.flatMap(idsOf));
  const byId = new Map(explanations.map((explanation) => [explanation.id, explanation]));
  const inOrder = [...new Set([...used, ...byId.keys()])];
  return inOrder
    .flatMap((id) => byId.get(id) ?? [])
    .map((explanation, index) => ({ ...explanation, number: index + 1 }));
}

/** The reasons for one aspect's differences, each once. */
export function reasonsFor(aspect: Aspect, reasons: readonly Reason[]): Reason[] {
  const ids = new Set(idsOf(aspect));
  return reasons.filter(({ id }) => ids.has(id));
}

function idsOf({ differences }: Aspect): string[] {
  return differences.flatMap(({ explanation }) => explanation ?? []);
}
