/** The lab's only loop that waits for something. */
import { setTimeout as sleep } from "node:timers/promises";

/** The time is up. */
export class TimeoutError extends Error {
  override name = "TimeoutError";
}

export interface UntilOptions {
  /** The first pause between two attempts. @default 25 */
  readonly pauseMs?: number;
  /** Pauses grow by half until they are this long. @default pauseMs */
  readonly longestPauseMs?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
}

type Found<Result> = Exclude<Result, undefined | false>;

/**
 * Repeats an attempt until it returns something other than undefined and false.
 *
 * @param what names in the error what was awaited
 * @param timeoutMs may be Infinity
 * @returns what the attempt returned
 * @throws {TimeoutError} when the time is up
 * @throws the signal's reason, after an attempt
 */
export async function until<Result>(
  what: string,
  attempt: () => Result | Promise<Result>,
  timeoutMs: number,
  { pauseMs = 25, longestPauseMs = pauseMs, signal }: UntilOptions = {},
): Promise<Found<Result>> {
  const end = performance.now() + timeoutMs;
  for (let pause = pauseMs; ; pause = Math.min(pause * 1.5, longestPauseMs)) {
    const result = await attempt();
    if (result !== undefined && result !== false) return result as Found<Result>;
    signal?.throwIfAborted();
    if (performance.now() > end)
      throw new TimeoutError(`timed out after ${timeoutMs / 1000} s waiting for ${what}`);
    // An interrupted pause leads to one more attempt, which sees the latest state.
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}
