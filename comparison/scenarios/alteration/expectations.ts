/** What clients may meet while an exposure is changed: nothing, or an outage until new targets are registered. */
import type { ExpectedStep } from "./conclude.ts";
import { atMost, isNumber } from "../bounds.ts";
import { bothAlike } from "../scenario.ts";
import type { Value } from "../scenario.ts";
import { latestFirstRequestSeconds, timing } from "../timing.ts";

type Met = Pick<ExpectedStep, "lost" | "lostKeptAlive" | "gap">;

export const isNone = (value: Value): boolean => value === 0;
export const isSome = isNumber((value) => value > 0);

/** Whether a gap is only that of a slow client, whose request was answered after all. */
export const isNoGap = isNumber((value) => value <= timing.requestTimeoutMilliseconds / 1000);

/** Whether a gap is more than that. */
export const isGap = isNumber((value) => !isNoGap(value));

/**
 * Whether a gap is that of targets that are new to a load balancer: until they are registered and checked, after whatever an update of the program needs to make
 * them. A late answer of a busy machine makes the gap seem shorter.
 */
export const isRegistration = (timeScale: number) =>
  isNumber(
    (value) =>
      value >= timing.leastRegistrationSeconds / timeScale - timing.machineSeconds &&
      value <= timing.updateSeconds + latestFirstRequestSeconds(timeScale),
  );

/** On both sides alike. */
export function unnoticed(sentence: string, source: string): Met {
  const none = bothAlike(sentence, source, isNone);
  return {
    lost: none,
    lostKeptAlive: none,
    gap: atMost(timing.requestTimeoutMilliseconds / 1000, sentence, source),
  };
}
