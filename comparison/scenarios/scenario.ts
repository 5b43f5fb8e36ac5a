/** A scenario: one case that runs against both exposures with the same code. What it measures and what it concludes are apart, so that each can be tested alone. */
import type { Cloud } from "../clouds/cloud.ts";
import type { Expectations } from "../clouds/expectations.ts";
import type { Feature } from "../clouds/feature.ts";
import type { BySide } from "../result/bySide.ts";
import type { FindingVerdict, Timeline, Unit } from "../result/scenarioSchema.ts";
import type { Clocks } from "./clocks.ts";
import type { DocumentedBySide, DocumentedValue } from "./documented.ts";
import type { Outcome } from "./outcome.ts";
import type { Testbed } from "./testbed/testbed.ts";

/** @typeParam M what it measures, of both sides */
export interface Scenario<M = unknown> {
  /** Stable, for `--scenario`. */
  readonly id: string;
  readonly title: Text;
  /** What it is about, in one sentence. */
  readonly question: Text;
  /** Whether `npm start` runs it: no fault of a node, nothing that takes long. */
  readonly quick: boolean;
  /**
   * Neighbours of one kind run at the same time. `looking on`: it changes nothing that others look at, and measures no durations. `killing pods`: nothing else sends
   * requests to the pods that it kills.
   * @default it runs alone
   */
  readonly beside?: "looking on" | "killing pods";
  /** What the cloud or the testbed has to offer. Without it the scenario is skipped. */
  readonly needs: readonly Feature[];
  /**
   * Measures both sides under the same conditions, and leaves the testbed as it was, however it ends.
   * @throws only if nothing at all could be measured
   */
  measure(testbed: Testbed): Promise<M>;
  /** Compares what was measured with what is documented. Pure. */
  conclude(measured: M, at: Conditions): readonly Finding[];
  /** Requests over time, where it sends them while something happens. Pure. @default none */
  timelines?(measured: M, at: Conditions): readonly Timeline[];
}

/** A text, or how it is with the cloud's words. */
export type Text = string | ((words: Cloud["words"]) => string);

export const textOf = (text: Text, words: Cloud["words"]): string =>
  typeof text === "string" ? text : text(words);

/** What a person reads of it. */
export const toldOf = (
  { id, title, question }: Pick<Scenario, "id" | "title" | "question">,
  words: Cloud["words"],
): { readonly id: string; readonly title: string; readonly question: string } => ({
  id,
  title: textOf(title, words),
  question: textOf(question, words),
});

/** What an expectation can depend on. */
export interface Conditions {
  /** How many times as fast as documented the cloud's clocks ran: 1 is real time. */
  readonly timeScale: number;
  readonly clocks: Clocks;
  readonly words: Cloud["words"];
  /** What the cloud documents. */
  readonly expectations: Expectations;
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
/** What a measurement has to be, as the documentation says. */
export interface Expected {
  /** One sentence, as a person reads it. */
  readonly sentence: string;
  readonly source: string;
  /** Whether a side's value is as documented. */
  readonly left: (value: Value) => boolean;
  readonly right: (value: Value) => boolean;
  /** Whether the two are alike. Where they have to differ, `differ` says why instead. */
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

/** Each side has an expectation of its own, and the two have to differ. */
export function differing(
  sentence: string,
  source: string,
  { left, right }: BySide<(value: Value) => boolean>,
): Expected {
  return { sentence, source, left, right, alike: { differ: sentence } };
}

/** What a cloud documents for both sides. */
export function asDocumented<V extends Value>({
  value: documented,
  sentence,
  source,
}: DocumentedValue<V>): Expected {
  return bothAlike(sentence, source, (value) => value === documented);
}

/**
 * What a cloud documents for each side. The two have to differ if the documented values do.
 * @param holds whether a value is as documented. @default it is the same
 * @param by whether two values are alike that have to be. @default they are the same
 */
export function bySideAsDocumented<V extends Value>(
  { left, right, sentence, source }: DocumentedBySide<V>,
  holds: (documented: V) => (value: Value) => boolean = (documented) => (value) => value === documented,
  by?: (left: Value, right: Value) => boolean,
): Expected {
  return left === right
    ? bothAlike(sentence, source, holds(left), by)
    : differing(sentence, source, { left: holds(left), right: holds(right) });
}
