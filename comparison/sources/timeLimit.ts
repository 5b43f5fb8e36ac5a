/** How long a source may take. */
import { setMaxListeners } from "node:events";

export class TimeLimitError extends Error {
  constructor(readonly seconds: number) {
    super(`no answer within ${seconds} s`);
  }
}

/**
 * @param ask gets a signal that ends its calls when the time is over, or when `ended` is
 * @throws TimeLimitError if there is no answer in time, whether or not `ask` heeds the signal
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
    // A source makes many calls at once, and each listens.
    setMaxListeners(0, signal);
    return await Promise.race([ask(signal), timeIsOver]);
  } finally {
    clearTimeout(timer);
  }
}
