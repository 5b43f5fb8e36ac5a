import type { Clock } from "./clock.ts";

/** Checks ask APIs that the lab's two processors serve too. The pauses grow, and stay short enough that a wait is known to 2 %. */
const pause = { share: 0.02, shortestSeconds: 0.1, longestSeconds: 0.5 } as const;

/**
 * Repeats a check until it holds. A check that throws does not hold: an API may be down for a while.
 * @returns how many seconds it took
 * @throws naming `what` when the time is up, with the last error of the check
 */
export async function eventually(
  what: string,
  check: () => boolean | Promise<boolean>,
  timeoutSeconds: number,
  clock: Clock,
): Promise<number> {
  const begin = clock.now();
  const seconds = (): number => (clock.now() - begin) / 1000;
  for (;;) {
    let reason = "";
    try {
      if (await check()) return seconds();
    } catch (error) {
      reason = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (seconds() > timeoutSeconds) throw new Error(`${what}: not within ${timeoutSeconds} s${reason}`);
    await clock.sleep(
      Math.min(Math.max(seconds() * pause.share, pause.shortestSeconds), pause.longestSeconds),
    );
  }
}
