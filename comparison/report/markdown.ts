/** A comparison as GitHub-flavoured Markdown, for a comment on a pull request: the verdict and what differs are open, the rest is folded. */
import type { Aspect, Comparison } from "../result/comparison.ts";
import type { ShownOutcome } from "../result/scenarioSchema.ts";
import { basisOf, dollars, evidenceOf, kubernetesInWords, shown, when } from "../result/words.ts";
import { hasPrices } from "./cost.ts";
import { actions } from "./lifeCycle.ts";
import { cell, folded, items, linked, table, titled } from "./markdownBlocks.ts";
import { notesOf } from "./notes.ts";
import { reasonsFor, reasonsOf } from "./reasons.ts";
import type { Reason } from "./reasons.ts";
import { sourcesOnce } from "./sources.ts";
import { inWords } from "./timeline.ts";
import { sideTitles, titles } from "./titles.ts";

export function markdownReport(comparison: Comparison): string {
  const { verdict, left, right, aspects, limits } = comparison;
  const reasons = reasonsOf(comparison);
  const alike = aspects.filter((aspect) => aspect.verdict === "same");
  const others = aspects.filter((aspect) => aspect.verdict !== "same");
  const blocks = [
    `## ${cell(left.title)} and ${cell(right.title)}: ${verdict.kind}`,
    `**${cell(verdict.sentence)}**`,
    items(verdict.reasons),
    ...titled(titles.opensMore, items(comparison.opensMore)),
    [
      `${basisOf(comparison)} (${when(comparison)}).`,
      ...kubernetesInWords(comparison).map(cell),
      sides(comparison),
    ].join(" "),
    ...titled(titles.unexplained, unexplainedTable(comparison)),
    ...titled("What differs", aspectTable(others, reasons, comparison)),
    reasons.map(reasonLine).join("\n"),
    folded(`${alike.length} aspects are the same`, aspectTable(alike, reasons, comparison)),
    ...titled(titles.predictions, predictionList(comparison)),
    ...notesOf(comparison).flatMap(({ title, lines }) => titled(title, items(lines))),
    ...titled(titles.missingSources, sourceList(comparison)),
    ...titled(titles.traffic, trafficTable(comparison)),
    ...titled(titles.scenarios, scenarioTable(comparison)),
    timelineList(comparison),
    folded(titles.statements, statementTable(comparison)),
    folded(titles.lifeCycle, lifeCycleTable(comparison)),
    folded(titles.cost, costTable(comparison)),
    folded(titles.limits, items(limits)),
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

function sides({ left, right }: Comparison): string {
  return [left, right].map(({ title, service }) => `${cell(title)}: ${cell(service)}`).join("; ");
}

function aspectTable(
  aspects: readonly Aspect[],
  reasons: readonly Reason[],
  { left, right }: Comparison,
): string {
  const rows = aspects.map((aspect) => {
    const numbers = reasonsFor(aspect, reasons).map(({ number }) => ` (${number})`);
    const title = `${aspect.section}: ${aspect.title}`;
    return [title, aspect.left, aspect.right, `${aspect.verdict}${numbers.join("")}`];
  });
  return table(["Aspect", left.title, right.title, "Verdict"], rows);
}

export function reasonLine({ number, why, affects, remedy, source }: Reason): string {
  const about = [`affects ${affects}`, ...(remedy === null ? [] : [`remedy: ${remedy}`])];
  return `${number}. ${cell(why)} _${cell(about.join("; "))}._ ${linked(source)}`;
}

export function unexplainedTable({ aspects, left, right }: Comparison): string {
  const rows = aspects.flatMap(({ differences }) =>
    differences.filter(({ explanation }) => explanation === null),
  );
  return table(
    ["Value", left.title, right.title],
    rows.map((row) => [row.path, shown(row.left), shown(row.right)]),
  );
}

export function predictionList({ predictions }: Pick<Comparison, "predictions">): string {
  return items(
    predictions.flatMap(({ service, outcome, checked, wrong }) => [
      `${service}: ${outcome}, ${checked} values checked`,
      ...wrong.map(
        ({ path, predicted, found }) => `${path}: predicted ${shown(predicted)}, found ${shown(found)}`,
      ),
    ]),
  );
}

export function sourceList(comparison: Comparison): string {
  const others = sourcesOnce(comparison).filter(({ outcome }) => outcome !== "known");
  return items(others.map(({ source, outcome, reason }) => `${source} ${outcome}: ${reason}`));
}

function trafficTable({ traffic }: Comparison): string {
  return table(
    ["Side", "Answered", "Faults"],
    traffic.map(({ side, answered, sent, shortcomings }) => [
      side,
      `${answered} of ${sent}`,
      shortcomings.length === 0 ? "none" : shortcomings.join("; "),
    ]),
  );
}

function scenarioTable({ scenarios, left, right }: Comparison): string {
  return table(
    ["Scenario", "Measured", left.title, right.title, "Relation", "Verdict", "As documented"],
    scenarios.flatMap(({ title, failure, findings }) => [
      ...(failure === null ? [] : [[title, failure, "", "", "", "unreachable", ""]]),
      ...findings.map((finding) => [
        title,
        finding.title,
        withDetail(finding.left),
        withDetail(finding.right),
        finding.relation,
        finding.verdict,
        finding.expected,
      ]),
    ]),
  );
}

function timelineList(comparison: Comparison): string {
  return items(
    comparison.scenarios.flatMap(({ title, timelines = [] }) =>
      timelines.map(
        (timeline) => `${title}, ${timeline.title}: ${inWords(timeline, sideTitles(comparison))}`,
      ),
    ),
  );
}

const withDetail = ({ text, detail }: ShownOutcome): string => (detail === "" ? text : `${text} (${detail})`);

function statementTable({ statements }: Comparison): string {
  return table(
    ["Statement", "Said by", "Verdict", "Why", "In this run"],
    statements.map((statement) => [
      statement.statement,
      statement.saidBy,
      statement.verdict,
      statement.why,
      evidenceOf(statement),
    ]),
  );
}

function lifeCycleTable({ lifeCycle, left, right }: Comparison): string {
  const verbs = ["creates", "updates", "repairs", "deletes"] as const;
  return table(
    ["Object", "", left.title, right.title],
    lifeCycle.flatMap((row) =>
      verbs.map((verb) => [row.object, actions[verb], row[verb].left, row[verb].right]),
    ),
  );
}

function costTable({ cost }: Comparison): string {
  if (!hasPrices(cost)) return [items(cost.notes), `Source: ${linked(cost.source)}`].join("\n\n");
  const here = cost.here.map(({ way, monthly, formula }) => `${way}: ${dollars(monthly)} = ${formula}`);
  const byServices = table(
    ["Services", "One load balancer per Service", "One shared by all: your own load balancer only"],
    cost.byServices.map(({ services, oneEach, oneShared }) => [
      String(services),
      dollars(oneEach),
      dollars(oneShared),
    ]),
  );
  return [
    items(here),
    byServices,
    `Prices as of ${cost.date}: ${cell(cost.region)}. ${linked(cost.source)}`,
  ].join("\n\n");
}
