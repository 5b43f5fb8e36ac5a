/** Limits how long a source may take. */
import { setMaxListeners } from "node:events";

export class TimeLimitError extends Error {
  readonly seconds: number;

  constructor(seconds: number) {
    super(`no answer within ${seconds} s`);
    this.seconds = seconds;
  }
}

/**
 * @param ask gets a signal that ends its calls at the time limit, or when `ended` aborts
 * @throws TimeLimitError if there is no answer in time, even if `ask` ignores the signal
 */
export async function within<T>(
  seconds: number,
  ended: AbortSignal,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeIsOver = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TimeLimitError(seconds));
      own.abort();
    }, seconds * 1000);
  });
  try {
    const signal = AbortSignal.any([own.signal, ended]);
    // A source makes many concurrent calls, and each one listens.
    setMaxListeners(0, signal);
    return await Promise.race([ask(signal), timeIsOver]);
  } finally {
    clearTimeout(timer);
  }
}
