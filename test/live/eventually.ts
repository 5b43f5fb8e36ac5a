/** Waits until the condition holds. The error names what did not become true. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 20_000,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${timeoutMs.toString()} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
