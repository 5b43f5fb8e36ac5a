/** Aspects by section. */
import type { Aspect } from "../result/comparison.ts";

export interface Section {
  readonly title: Aspect["section"];
  readonly aspects: readonly Aspect[];
}

/** In the order of the aspects. */
export function sectionsOf(aspects: readonly Aspect[]): Section[] {
  const titles = [...new Set(aspects.map(({ section }) => section))];
  return titles.map((title) => ({ title, aspects: aspects.filter(({ section }) => section === title) }));
}
