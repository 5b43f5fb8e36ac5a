/** Contenders take turns, so that other work on the machine affects all of them alike. */

export interface Contender<T> {
  readonly name: string;
  readonly measure: () => Promise<T>;
}

/**
 * The order in one round. It starts with another contender every two rounds and is reversed in every second round, so that none is always first, or always
 * after the same one.
 */
export function inOrder<T>(contenders: readonly T[], round: number): T[] {
  const start = Math.floor(round / 2) % Math.max(1, contenders.length);
  const rotated = [...contenders.slice(start), ...contenders.slice(0, start)];
  return round % 2 === 0 ? rotated : rotated.reverse();
}

export interface Rounds {
  readonly rounds: number;
  readonly signal: AbortSignal;
  /** Called before each measurement. */
  readonly report: (line: string) => void;
}

/** @returns the measurements by the contender's name, in the order of the rounds */
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
