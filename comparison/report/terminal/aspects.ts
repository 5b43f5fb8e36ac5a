/** The table of aspects, and the differences with their reasons below it. */
import type { Aspect, Comparison } from "../../result/comparison.ts";
import { reasonsFor, reasonsOf } from "../reasons.ts";
import type { Reason } from "../reasons.ts";
import { sectionsOf } from "../sections.ts";
import { shown } from "../../result/words.ts";
import { hanging, table } from "./layout.ts";
import type { Cell } from "./layout.ts";
import type { Format, Paint } from "./paint.ts";

const widths = [18, 22, 22, 5];

const formats: Readonly<Record<Aspect["verdict"], Format | undefined>> = {
  same: undefined,
  equivalent: "green",
  different: "red",
  unknown: "yellow",
  "not seen": "dim",
};

export function aspectTable(comparison: Comparison, paint: Paint): string {
  const reasons = reasonsOf(comparison);
  const rows = sectionsOf(comparison.aspects).flatMap(({ title, aspects }): Cell[][] => [
    [{ text: title, span: 4, paint: (line) => paint("bold", line) }],
    ...aspects.map((aspect) => row(aspect, reasons, paint)),
  ]);
  return table(["", comparison.left.title, comparison.right.title, ""], widths, rows);
}

function row(aspect: Aspect, reasons: readonly Reason[], paint: Paint): Cell[] {
  const { title, left, right, verdict } = aspect;
  const format = formats[verdict];
  const coloured = format === undefined ? {} : { paint: (line: string) => paint(format, line) };
  const values: Cell[] =
    left === right
      ? [{ text: left, span: 2, ...coloured }]
      : [
          { text: left, ...coloured },
          { text: right, ...coloured },
        ];
  return [{ text: title }, ...values, { text: markOf(aspect, reasons), ...coloured }];
}

/** Fits into the last column: `=`, the numbers of reasons, or a word. */
function markOf(aspect: Aspect, reasons: readonly Reason[]): string {
  if (aspect.verdict === "equivalent")
    return reasonsFor(aspect, reasons)
      .map(({ number }) => `[${number}]`)
      .join(" ");
  return marks[aspect.verdict];
}

const marks = { same: "=", equivalent: "", different: "(!)", unknown: "?", "not seen": "-" } as const;

/** Says what the marks mean that are used. */
export function markLine({ counts, aspects }: Comparison): string {
  const unseen = aspects.filter(({ verdict }) => verdict === "not seen").length;
  const meanings = [
    counts.same > 0 ? `= same, names and numbers of its own aside (${counts.same})` : "",
    counts.equivalent > 0 ? `[n] differs for reason n (${counts.equivalent})` : "",
    counts.different > 0 ? `(!) differs without a known reason (${counts.different})` : "",
    counts.unknown > 0 ? `? unknown (${counts.unknown})` : "",
    unseen > 0 ? `- not seen here (${unseen})` : "",
  ];
  return hanging("", meanings.filter((meaning) => meaning !== "").join(", "));
}

/** Differences that nothing explains, and explanations that nothing fits. */
export function unexplained({ aspects, missing, left, right }: Comparison): string[] {
  return [
    ...aspects.flatMap(({ differences }) =>
      differences
        .filter(({ explanation }) => explanation === null)
        .map((difference) =>
          hanging(
            "(!) ",
            `${difference.path}\n${left.title}: ${shown(difference.left)}\n${right.title}: ${shown(difference.right)}`,
          ),
        ),
    ),
    ...missing.map((expected) =>
      hanging(
        "(!) ",
        `${expected.path}\n"${expected.explanation}" explains ${shown(expected.left)} and ${shown(expected.right)}, which is not what is there`,
      ),
    ),
  ];
}

/** Why each difference has to be, and how to be rid of it. Who is affected, and who says so, is in the longer reports. */
export function reasonList(comparison: Comparison): string[] {
  return reasonsOf(comparison).map(({ number, why, remedy }) => {
    const mark = `[${number}]`.padEnd(5);
    const lines = [hanging(mark, why), ...(remedy === null ? [] : [hanging("     remedy: ", remedy)])];
    return lines.join("\n");
  });
}
