/** The supervisor's waiting for what it has started. */

/**
 * Repeats a check until it holds.
 * @param timeout in milliseconds
 * @throws naming `what` when the time is up, with the last reason
 */
export async function until(
  what: string,
  check: () => Promise<boolean>,
  timeout: number,
  interval = 25,
): Promise<void> {
  const end = performance.now() + timeout;
  for (;;) {
    if (await check()) return;
    if (performance.now() > end) throw new Error(`${what}: not there after ${(timeout / 1000).toString()} s`);
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}
