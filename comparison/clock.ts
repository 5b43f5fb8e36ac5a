/** Time as scenarios see it: injected, so that tests need not wait. */
import { setTimeout as sleep } from "node:timers/promises";

export interface Clock {
  /** In milliseconds since the epoch. Does not jump. */
  now(): number;
  /**
   * @param until ends the wait early when it is aborted
   * @throws the reason if the run is aborted
   */
  sleep(seconds: number, until?: AbortSignal): Promise<void>;
}

/** Comparable between programs of one machine. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** @param signal ends every wait with its reason */
export function systemClock(signal: AbortSignal): Clock {
  return {
    now,
    async sleep(seconds, until) {
      const ends = until === undefined ? signal : AbortSignal.any([signal, until]);
      try {
        await sleep(seconds * 1000, undefined, { signal: ends });
      } catch (error) {
        signal.throwIfAborted();
        if (until?.aborted !== true) throw error;
      }
    },
  };
}
