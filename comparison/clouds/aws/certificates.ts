/** The certificates of a listener: the default one, and the others in any order, each once. */
export function defaultFirst([first, ...others]: readonly string[]): string[] {
  if (first === undefined) return [];
  return [first, ...[...new Set(others)].filter((arn) => arn !== first).sort()];
}
