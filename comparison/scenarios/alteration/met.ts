/** What clients may meet while an exposure is changed: nothing, or an outage until new members are registered. */
import { isNumber } from "../bounds.ts";
import type { DocumentedBySide } from "../documented.ts";
import { bySideAsDocumented } from "../scenario.ts";
import type { Conditions, Expected, Value } from "../scenario.ts";
import { latestFirstRequestSeconds, timing } from "../timing.ts";
import type { Gap, NameStays, StepExpectations } from "./expectations.ts";

/** What a step has to be like. */
export interface ExpectedStep {
  /** Requests lost over new connections, and over those that last. */
  readonly lost: Expected;
  readonly lostKeptAlive: Expected;
  /** Seconds between two answers over new connections. */
  readonly gap: Expected;
  /** In words: see `differenceOf`. */
  readonly objects: Expected;
}

export function expectedStep(
  { loses, losesKeptAlive, gap, objects }: StepExpectations,
  at: Conditions,
): ExpectedStep {
  // Both may lose as much as they do, and wait as long as they do.
  const alike = (): boolean => true;
  const losing = (does: boolean) => (does ? isSome : isNone);
  const isGapOf: Readonly<Record<Gap, (value: Value) => boolean>> = {
    none: isNoGap,
    some: isGap,
    registration: isRegistration(at),
  };
  return {
    lost: bySideAsDocumented(loses, losing, alike),
    lostKeptAlive: bySideAsDocumented(losesKeptAlive, losing, alike),
    gap: bySideAsDocumented(gap, (kind) => isGapOf[kind], alike),
    objects: oneOf(objects),
  };
}

export function expectedName({ left, right, ...documented }: NameStays): Expected {
  if (left !== "by chance" && right !== "by chance")
    return bySideAsDocumented({ left, right, ...documented });
  const isAs = (stays: boolean | "by chance") => (value: Value) =>
    stays === "by chance" ? typeof value === "boolean" : value === stays;
  return { ...documented, left: isAs(left), right: isAs(right), alike: { by: () => true } };
}

/** Where a value is documented for both sides, they may be alike or not. */
function oneOf({ left, right, ...documented }: DocumentedBySide<string | readonly string[]>): Expected {
  const [onLeft, onRight] = [[left].flat(), [right].flat()];
  const isIn = (values: readonly string[]) => (value: Value) =>
    typeof value === "string" && values.includes(value);
  const alike = onLeft.some(isIn(onRight));
  return {
    ...documented,
    left: isIn(onLeft),
    right: isIn(onRight),
    alike: alike ? { by: () => true } : { differ: documented.sentence },
  };
}

const isNone = (value: Value): boolean => value === 0;
const isSome = isNumber((value) => value > 0);

/** Whether a gap is only that of a slow client, whose request was answered after all. */
export const isNoGap = isNumber((value) => value <= timing.requestTimeoutMilliseconds / 1000);

/** Whether a gap is more than that. */
export const isGap = isNumber((value) => !isNoGap(value));

/**
 * Whether a gap is that of members that are new to a load balancer: until they are registered and checked, after whatever an update of the program needs to make
 * them. A late answer of a busy machine makes the gap seem shorter.
 */
export const isRegistration = (at: Pick<Conditions, "clocks" | "timeScale">) =>
  isNumber(
    (value) =>
      value >= at.clocks.registrationSeconds.least / at.timeScale - timing.machineSeconds &&
      value <= timing.updateSeconds + latestFirstRequestSeconds(at),
  );
