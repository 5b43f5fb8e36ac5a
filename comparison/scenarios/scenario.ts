/** A scenario: one declarative case that runs against both exposures with the same code, and what it measured of each. */
import type { BySide } from "../result/bySide.ts";
import type { FindingVerdict, Unit } from "../result/scenarioSchema.ts";
import type { Testbed } from "./testbed/testbed.ts";
import type { Outcome } from "./outcome.ts";

export interface Scenario {
  /** Stable, for `--scenario`. */
  readonly id: string;
  readonly title: string;
  /** What it is about, one sentence. */
  readonly question: string;
  /** Whether `npm start` runs it: no fault of a node, nothing that takes long. */
  readonly quick: boolean;
  /** Whether it may run at the same time as others that may: none changes what another looks at, and what it measures is no time. @default false */
  readonly besideOthers?: boolean;
  /**
   * Measures both sides under the same conditions, and leaves the testbed as it was, however it ends.
   * @throws only if nothing at all could be measured
   */
  run(testbed: Testbed): Promise<readonly Finding[]>;
}

/** One thing that was measured on both sides, what it has to be, and why. */
export interface Finding {
  /** Unique in its scenario. */
  readonly title: string;
  readonly unit: Unit;
  readonly left: Outcome<Value>;
  readonly right: Outcome<Value>;
  readonly expected: Expected;
  /** Whether it is one of the one or two that a short report shows. @default false */
  readonly headline?: boolean;
}

export type Value = number | string | boolean;
/** What the documentation of AWS or Kubernetes says that a measurement has to be. */
export interface Expected {
  /** One sentence, as a person reads it. */
  readonly sentence: string;
  readonly source: string;
  /** Whether a side's value is as documented. */
  readonly left: (value: Value) => boolean;
  readonly right: (value: Value) => boolean;
  /** Whether the two are alike; where they have to differ, `differ` says why instead. */
  readonly alike: { readonly by: (left: Value, right: Value) => boolean } | { readonly differ: string };
}

export function verdictOf({ left, right, expected }: Finding): FindingVerdict {
  if (left.kind === "unreachable" || right.kind === "unreachable") return "unreachable";
  if (left.kind === "skipped" || right.kind === "skipped") return "skipped";
  if (!expected.left(left.value) || !expected.right(right.value)) return "different";
  if ("differ" in expected.alike) return Object.is(left.value, right.value) ? "different" : "as documented";
  return expected.alike.by(left.value, right.value) ? "same" : "different";
}

/** The same expectation of both sides, which have to be alike. */
export function bothAlike(
  sentence: string,
  source: string,
  holds: (value: Value) => boolean,
  by: (left: Value, right: Value) => boolean = Object.is,
): Expected {
  return { sentence, source, left: holds, right: holds, alike: { by } };
}

/** Sides of which each has to be what it is for a reason of its own. */
export function differing(
  sentence: string,
  source: string,
  { left, right }: BySide<(value: Value) => boolean>,
): Expected {
  return { sentence, source, left, right, alike: { differ: sentence } };
}
