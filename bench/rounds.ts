/** Contenders take turns, so that what else happens on the machine hits all of them alike. */

export interface Contender<T> {
  readonly name: string;
  readonly measure: () => Promise<T>;
}

/**
 * The order in one round. Each round begins with another contender and every second one runs backwards, so that none is always first, or always
 * behind the same one.
 */
export function inOrder<T>(contenders: readonly T[], round: number): T[] {
  const start = Math.floor(round / 2) % Math.max(1, contenders.length);
  const rotated = [...contenders.slice(start), ...contenders.slice(0, start)];
  return round % 2 === 0 ? rotated : rotated.reverse();
}

export interface Rounds {
  readonly rounds: number;
  readonly signal: AbortSignal;
  /** Told before each measurement. */
  readonly report: (line: string) => void;
}

/** @returns by contender's name what was measured, in the order of rounds */
export async function inTurns<T>(
  contenders: readonly Contender<T>[],
  { rounds, signal, report }: Rounds,
): Promise<ReadonlyMap<string, readonly T[]>> {
  const results = new Map<string, T[]>(contenders.map(({ name }) => [name, []]));
  const total = rounds * contenders.length;
  let done = 0;
  for (let round = 0; round < rounds; round++) {
    for (const { name, measure } of inOrder(contenders, round)) {
      signal.throwIfAborted();
      report(`${done} of ${total} measured; round ${round + 1} of ${rounds}: ${name}`);
      results.get(name)?.push(await measure());
      done += 1;
    }
  }
  return results;
}
