/** How much a reason matters to clients; the first rank matters most. */

/** Everything that keeps a side from taking traffic, or that traffic showed. */
export const mostImportant = 1;

/** The first match counts. */
const byPath: readonly (readonly [pattern: RegExp, rank: number])[] = [
  [/ \/ owner$/, 9],
  [/ \/ tags \/ /, 9],
  [/^firewall/, 2],
  [/^service \/ (?:finalizers|annotations|ingress|owner)/, 8],
  [/^service \/ ports \/ [^/]+ \/ (?:name|appProtocol)$/, 7],
  [/^service/, 3],
  [/^loadBalancer \/ (?:listeners|scheme|zones|state)/, 2],
  [/ \/ attributes \/ /, 5],
  [/^loadBalancer/, 4],
  [/^endpoints/, 6],
  [/^dataPath/, 6],
];

export function rankOf(path: string): number {
  return byPath.find(([pattern]) => pattern.test(path))?.[1] ?? 7;
}

/** Of what is not a value of the facts. */
export const ranks = { prediction: 8, statement: 10 } as const;
