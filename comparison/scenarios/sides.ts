/** The same thing done to both sides at the same time. */
import type { BySide, Side } from "../result/bySide.ts";
import { andThen, attempt, measured } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import type { Target } from "./testbed/testbed.ts";

/** Measures both sides under the same conditions. A failure on one says nothing of the other. */
export async function onBothSides<T>(
  targets: BySide<Target>,
  signal: AbortSignal,
  measure: (target: Target, side: Side) => Promise<T>,
): Promise<BySide<Outcome<T>>> {
  const [left, right] = await Promise.all([
    attempt(() => measure(targets.left, "left"), signal),
    attempt(() => measure(targets.right, "right"), signal),
  ]);
  return { left, right };
}

/** One value of what was measured on each side. */
export function bySide<T, V>(
  outcomes: BySide<Outcome<T>>,
  value: (measured: T, side: Side) => V,
): BySide<Outcome<V>> {
  return mapBySide(outcomes, (found, side) => measured(value(found, side)));
}

/** The same of a value that may be unknown though the rest is known. */
export function mapBySide<T, V>(
  { left, right }: BySide<Outcome<T>>,
  value: (measured: T, side: Side) => Outcome<V>,
): BySide<Outcome<V>> {
  return {
    left: andThen(left, (found) => value(found, "left")),
    right: andThen(right, (found) => value(found, "right")),
  };
}
