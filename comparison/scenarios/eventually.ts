import { setTimeout as sleep } from "node:timers/promises";

/**
 * Repeats a check until it holds. A check that throws has not held: an API may be down for a while, or it says what it saw.
 * @returns how many seconds it took
 * @throws naming `what` when the time is up, with what the check threw last
 */
export async function eventually(
  what: string,
  check: () => Promise<boolean>,
  timeoutSeconds: number,
  signal: AbortSignal,
): Promise<number> {
  const begin = performance.now();
  const seconds = (): number => (performance.now() - begin) / 1000;
  for (;;) {
    let reason = "";
    try {
      if (await check()) return seconds();
    } catch (error) {
      reason = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (seconds() > timeoutSeconds) throw new Error(`${what}: not within ${timeoutSeconds} s${reason}`);
    await sleep(100, undefined, { signal });
  }
}
