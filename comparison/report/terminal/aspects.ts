/** The table of aspects, and why they differ. */
import type { Aspect, Comparison } from "../../result/comparison.ts";
import { shown } from "../../result/words.ts";
import { reasonsFor, reasonsOf } from "../reasons.ts";
import type { Reason } from "../reasons.ts";
import { sectionsOf } from "../sections.ts";
import { firstOf, mostReasons } from "./firstOf.ts";
import type { Cell, Screen, Style } from "./screen.ts";

const widths = [18, 22, 22, 5];

/** Of a cell, by its aspect's verdict. */
export const aspectStyles: Readonly<Record<Aspect["verdict"], Style | undefined>> = {
  same: undefined,
  equivalent: "green",
  different: "red",
  unknown: "yellow",
  "not seen": "dim",
};

export function aspectTable(comparison: Comparison, screen: Screen): string {
  const reasons = reasonsOf(comparison);
  const rows = sectionsOf(comparison.aspects).flatMap(({ title, aspects }): Cell[][] => [
    [{ text: title, span: widths.length, style: "bold" }],
    ...aspects.map((aspect) => row(aspect, reasons)),
  ]);
  return screen.table(["", comparison.left.title, comparison.right.title, ""], widths, rows);
}

function row(aspect: Aspect, reasons: readonly Reason[]): Cell[] {
  const { title, left, right, verdict } = aspect;
  const style = aspectStyles[verdict];
  const values: Cell[] =
    left === right
      ? [{ text: left, span: 2, style }]
      : [
          { text: left, style },
          { text: right, style },
        ];
  return [{ text: title }, ...values, { text: markOf(aspect, reasons), style }];
}

/** Fits into the last column: the numbers of reasons, or the verdict's mark. */
function markOf(aspect: Aspect, reasons: readonly Reason[]): string {
  if (aspect.verdict !== "equivalent") return marks[aspect.verdict];
  return reasonsFor(aspect, reasons)
    .map(({ number }) => `[${number}]`)
    .join(" ");
}

/** Of aspects that need no reason. */
export const marks = { same: "=", different: "(!)", unknown: "?", "not seen": "-" } as const;

/** Explains the marks that are used. */
export function markLine({ counts, aspects }: Comparison, screen: Screen): string {
  const unseen = aspects.filter(({ verdict }) => verdict === "not seen").length;
  const meanings = [
    [counts.same, "= same, apart from generated names and numbers"],
    [counts.equivalent, "[n] different for reason n"],
    [counts.different, "(!) different for no known reason"],
    [counts.unknown, "? unknown"],
    [unseen, "- cannot be seen here"],
  ] as const;
  const used = meanings.filter(([count]) => count > 0);
  return screen.hanging("", used.map(([count, meaning]) => `${meaning} (${count})`).join(", "));
}

/** Differences without an explanation. */
export function unexplained({ aspects, left, right }: Comparison, screen: Screen): string[] {
  const differences = aspects
    .flatMap((aspect) => aspect.differences)
    .filter(({ explanation }) => explanation === null);
  const texts = differences.map(
    (difference) =>
      `${difference.path}\n${left.title}: ${shown(difference.left)}\n${right.title}: ${shown(difference.right)}`,
  );
  return firstOf(texts, mostReasons).map((text) => screen.hanging("(!) ", text));
}

/** Why each difference exists, and how to remove it. The longer reports add who is affected, and the sources. */
export function reasonList(comparison: Comparison, screen: Screen): string[] {
  return reasonsOf(comparison).flatMap(({ number, why, remedy }) => [
    screen.hanging(`[${number}]`.padEnd(5), why),
    ...(remedy === null ? [] : [screen.hanging("     remedy: ", remedy)]),
  ]);
}
