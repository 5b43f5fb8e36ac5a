/** The comparison of more than two Services as GitHub-flavoured Markdown: the verdict of each pair and what differs are open, the rest is folded. */
import type { Comparison } from "../result/comparison.ts";
import type { Several } from "../result/several.ts";
import { basisOf, kubernetesInWords, when } from "../result/words.ts";
import { predictionList, reasonLine, sourceList, unexplainedTable } from "./markdown.ts";
import { cell, folded, items, table, titled } from "./markdownBlocks.ts";
import { notesOf } from "./notes.ts";
import { isAlike, limitsOnce, predictionsOnce, servicesOf, sharedTable } from "./several.ts";
import type { SharedCell, SharedRow } from "./several.ts";
import { titles } from "./titles.ts";

export function severalMarkdown(several: Several): string {
  const { verdict, comparisons } = several;
  const [first] = comparisons;
  if (first === undefined) return cell(verdict.sentence);
  const { rows, reasons } = sharedTable(several);
  const alike = rows.filter(isAlike);
  const others = rows.filter((row) => !isAlike(row));
  const blocks = [
    `## ${servicesOf(several).map(cell).join(", ")}: ${verdict.kind}`,
    `**${cell(verdict.sentence)}**`,
    [`${basisOf(first)} (${when(first)}).`, ...kubernetesInWords(first).map(cell)].join(" "),
    ...comparisons.flatMap(pair),
    ...titled("What differs", rowTable(others, several)),
    reasons.map(reasonLine).join("\n"),
    folded(`${alike.length} aspects are the same`, rowTable(alike, several)),
    ...titled(titles.predictions, predictionList({ predictions: predictionsOnce(several) })),
    folded(titles.limits, items(limitsOnce(several))),
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

/** What is to be said of the first Service and another one alone. */
function pair(comparison: Comparison): string[] {
  const { left, right, verdict, opensMore } = comparison;
  return [
    `### ${cell(left.service)} and ${cell(right.service)}: ${verdict.kind}`,
    cell(verdict.sentence),
    items([...verdict.reasons, ...opensMore]),
    unexplainedTable(comparison),
    ...notesOf(comparison).flatMap(({ title, lines }) => [`${title}:`, items(lines)]),
    ...[sourceList(comparison)]
      .filter((list) => list !== "")
      .flatMap((list) => [`${titles.missingSources}:`, list]),
  ];
}

function rowTable(rows: readonly SharedRow[], { comparisons }: Several): string {
  return table(
    [
      "Aspect",
      comparisons[0]?.left.service ?? "",
      ...comparisons.flatMap(({ right }) => [right.service, "Verdict"]),
    ],
    rows.map(({ section, title, first, others }) => [
      `${section}: ${title}`,
      first,
      ...others.flatMap(cellsOf),
    ]),
  );
}

function cellsOf(found: SharedCell | undefined): string[] {
  if (found === undefined) return ["", ""];
  const numbers = found.reasons.map((number) => ` (${number})`);
  return [found.text, `${found.verdict}${numbers.join("")}`];
}
