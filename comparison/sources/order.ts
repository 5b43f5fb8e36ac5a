/** Sorts sets, so that equal facts have equal text. It compares code units, independent of the locale. */

export function byText(items: readonly string[]): string[];
export function byText<T>(items: readonly T[], text: (item: T) => string): T[];
export function byText<T>(items: readonly T[], text: (item: T) => string = String): T[] {
  return items
    .map((item) => [text(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, item]) => item);
}
