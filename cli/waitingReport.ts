/** What keeps a long deployment waiting: asked while it runs, added to its line of progress and to its error. */
import type { Report } from "./progress.ts";

export interface Waiting {
  /** Reasons why something waits. It may fail, which says nothing about the deployment. */
  readonly reasons: () => Promise<readonly string[]>;
  readonly report: Report;
  /** Aborted by Ctrl-C: then nobody waits for reasons. */
  readonly signal: AbortSignal;
  /** @default 10 */
  readonly pauseSeconds?: number;
}

/**
 * Runs a deployment. After each pause it adds the reasons to the line of progress.
 *
 * @throws what the deployment throws, with the reasons below its message
 */
export async function withReasons<T>(
  { reasons, report, signal, pauseSeconds = 10 }: Waiting,
  deploy: (report: Report) => Promise<T>,
): Promise<T> {
  let line = "";
  let found: readonly string[] = [];
  const show = (): void => report([line, ...found].join("; "));
  const ask = async (): Promise<void> => {
    found = await reasons().catch(() => []);
  };
  let asking = Promise.resolve();
  const timer = setInterval(() => {
    asking = asking.then(ask).then(() => {
      if (found.length > 0) show();
    });
  }, pauseSeconds * 1000);
  try {
    return await deploy((now) => {
      line = now;
      show();
    });
  } catch (error) {
    if (signal.aborted) throw error;
    await asking;
    await ask();
    if (found.length === 0 || !(error instanceof Error)) throw error;
    throw new Error([error.message, ...found].join("\n"), { cause: error });
  } finally {
    clearInterval(timer);
  }
}
