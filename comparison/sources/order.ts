/** Facts that are sets come in an order of their own, so that the same facts read the same; by code units, not by the reader's language. */

export function byText(items: readonly string[]): string[];
export function byText<T>(items: readonly T[], text: (item: T) => string): T[];
export function byText<T>(items: readonly T[], text: (item: T) => string = String): T[] {
  return items
    .map((item) => [text(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, item]) => item);
}
