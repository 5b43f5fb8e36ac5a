/** The same thing done to both sides at the same time. */
import type { BySide } from "../result/bySide.ts";
import { andThen, attempt, measured } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import type { Testbed, Target } from "./testbed/testbed.ts";

/** Measures both sides under the same conditions; what fails on one says nothing of the other. */
export async function onBothSides<T>(
  targets: BySide<Target>,
  signal: Testbed["signal"],
  measure: (target: Target) => Promise<T>,
): Promise<BySide<Outcome<T>>> {
  const [left, right] = await Promise.all([
    attempt(() => measure(targets.left), signal),
    attempt(() => measure(targets.right), signal),
  ]);
  return { left, right };
}

/** One value of what was measured on each side. */
export function bySide<T, V>(
  outcomes: BySide<Outcome<T>>,
  value: (measured: T, side: keyof BySide<unknown>) => V,
): BySide<Outcome<V>> {
  return mapBySide(outcomes, (found, side) => measured(value(found, side)));
}

/** The same of a value that may not be known though the rest is. */
export function mapBySide<T, V>(
  { left, right }: BySide<Outcome<T>>,
  value: (measured: T, side: keyof BySide<unknown>) => Outcome<V>,
): BySide<Outcome<V>> {
  return {
    left: andThen(left, (found) => value(found, "left")),
    right: andThen(right, (found) => value(found, "right")),
  };
}
