/** How long a source may take. */
import { setMaxListeners } from "node:events";
import type { SourceName } from "../model/exposure.ts";

/** Sources that are asked over a network. */
export type AskedSource = Exclude<SourceName, "plan" | "state">;

export type TimeoutSeconds = Readonly<Record<AskedSource, number>>;

/**
 * For each question to a source. A question may take several calls, of which the AWS SDK repeats those that fail in passing: AWS answers one within a second, but
 * lets an account of hundreds of target groups wait. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/throttling.html
 */
export const defaultTimeoutSeconds: TimeoutSeconds = {
  "Kubernetes API": 15,
  "ELBv2 API": 60,
  "EC2 API": 30,
  "nodes' rules": 20,
  DNS: 10,
};

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
