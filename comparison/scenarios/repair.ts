/** Who restores what somebody took away: several means are tried, one after the other. */
import type { Clock } from "../clock.ts";

/** Something that an owner or time can do. */
export interface Means {
  /** As a person reads it; `nobody` for the passing of time. */
  readonly name: string;
  readonly act: () => Promise<unknown>;
  /** What it has started may go on for so long. */
  readonly graceSeconds: number;
}

export interface Repair {
  /** The means' name, or `nothing that was tried`. */
  readonly by: string;
  /** From the start of that means; not a number if nothing helped. */
  readonly seconds: number;
}

const pollSeconds = 0.1;

/**
 * Tries each means until everything is back.
 * @param isBack checks by the name of what was taken away; a check that throws does not hold
 */
export async function repairs<Name extends string>(
  isBack: Readonly<Record<Name, () => Promise<boolean>>>,
  means: readonly Means[],
  clock: Clock,
): Promise<Record<Name, Repair>> {
  const names = Object.keys(isBack) as Name[];
  const found = new Map<Name, Repair>();
  for (const { name: by, act, graceSeconds } of means) {
    const begin = clock.now();
    const seconds = (): number => (clock.now() - begin) / 1000;
    let end = Infinity;
    const acting = act().finally(() => (end = seconds() + graceSeconds));
    // Awaited below.
    acting.catch(() => undefined);
    while (found.size < names.length) {
      const over = seconds() > end;
      for (const name of names) {
        if (!found.has(name) && (await isBack[name]().catch(() => false)))
          found.set(name, { by, seconds: seconds() });
      }
      if (over) break;
      await clock.sleep(pollSeconds);
    }
    await acting;
    if (found.size === names.length) break;
  }
  const nothing: Repair = { by: "nothing that was tried", seconds: Number.NaN };
  return Object.fromEntries(names.map((name) => [name, found.get(name) ?? nothing])) as Record<Name, Repair>;
}
