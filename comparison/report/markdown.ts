/** A comparison as GitHub-flavoured Markdown, for a comment on a pull request: the verdict and what differs open, the rest folded. */
import type { Aspect, Comparison } from "../result/comparison.ts";
import { reasonsFor, reasonsOf } from "./reasons.ts";
import type { Reason } from "./reasons.ts";
import type { ShownOutcome } from "../result/scenarioSchema.ts";
import { sourcesOnce } from "./sources.ts";
import { basisOf, dollars, evidenceOf, shown, when } from "../result/words.ts";

export function markdownReport(comparison: Comparison): string {
  const { verdict, left, right, aspects, limits } = comparison;
  const reasons = reasonsOf(comparison);
  const alike = aspects.filter((aspect) => aspect.verdict === "same");
  const others = aspects.filter((aspect) => aspect.verdict !== "same");
  const blocks = [
    `## ${cell(left.title)} and ${cell(right.title)}: ${verdict.kind}`,
    `**${cell(verdict.sentence)}**`,
    items(verdict.reasons),
    `${basisOf(comparison)} (${when(comparison)}). ${sides(comparison)}`,
    ...titled("Without a known reason", unexplainedTable(comparison)),
    ...titled("What differs", aspectTable(others, reasons, comparison)),
    reasons.map(reasonLine).join("\n"),
    folded(`${alike.length} aspects are the same`, aspectTable(alike, reasons, comparison)),
    ...titled("What the cloud controller was predicted to make", predictionList(comparison)),
    ...titled("Sources that did not answer, or are not here", sourceList(comparison)),
    ...titled("Requests", trafficTable(comparison)),
    ...titled("What happens to traffic", scenarioTable(comparison)),
    folded("What the question and its answers say", statementTable(comparison)),
    folded("Who does what, and when", lifeCycleTable(comparison)),
    folded("Cost a month", costTable(comparison)),
    folded("What this does not show", items(limits)),
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

function reasonLine({ number, why, affects, remedy, source }: Reason): string {
  const about = [`affects ${affects}`, ...(remedy === null ? [] : [`remedy: ${remedy}`])];
  return `${number}. ${cell(why)} _${cell(about.join("; "))}._ ${linked(source)}`;
}

function unexplainedTable({ aspects, missing, left, right }: Comparison): string {
  const rows = [
    ...aspects.flatMap(({ differences }) => differences.filter(({ explanation }) => explanation === null)),
    ...missing.map((expected) => ({
      ...expected,
      path: `${expected.path}, as ${expected.explanation} says`,
    })),
  ];
  return table(
    ["Value", left.title, right.title],
    rows.map((row) => [row.path, shown(row.left), shown(row.right)]),
  );
}

function predictionList({ predictions }: Comparison): string {
  return items(
    predictions.flatMap(({ service, outcome, checked, wrong }) => [
      `${service}: ${outcome}, values checked: ${checked}`,
      ...wrong.map(
        ({ path, predicted, found }) => `${path}: predicted ${shown(predicted)}, found ${shown(found)}`,
      ),
    ]),
  );
}

function sourceList(comparison: Comparison): string {
  const others = sourcesOnce(comparison).filter(({ outcome }) => outcome !== "known");
  return items(others.map(({ source, outcome, reason }) => `${source} ${outcome}: ${reason}`));
}

function trafficTable({ traffic }: Comparison): string {
  return table(
    ["Side", "answered", "shortcomings"],
    traffic.map(({ side, answered, sent, shortcomings }) => [
      side,
      `${answered} of ${sent}`,
      shortcomings.length === 0 ? "none" : shortcomings.join("; "),
    ]),
  );
}

function scenarioTable({ scenarios, left, right }: Comparison): string {
  return table(
    ["Scenario", "", left.title, right.title, "", "Verdict", "As documented"],
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
    lifeCycle.flatMap((row) => verbs.map((verb) => [row.object, verb, row[verb].left, row[verb].right])),
  );
}

function costTable({ cost }: Comparison): string {
  const here = cost.here.map(({ way, monthly, formula }) => `${way}: ${dollars(monthly)} = ${formula}`);
  const byServices = table(
    ["Services", "a load balancer each", "one for all, hand-made only"],
    cost.byServices.map(({ services, oneEach, oneShared }) => [
      String(services),
      dollars(oneEach),
      dollars(oneShared),
    ]),
  );
  return [
    items(here),
    byServices,
    `${cell(cost.region)}, prices of ${cost.date}: ${linked(cost.source)}`,
  ].join("\n\n");
}

function titled(title: string, body: string): string[] {
  return body === "" ? [] : [`### ${title}`, body];
}

function folded(title: string, body: string): string {
  return body === "" ? "" : `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

function items(texts: readonly string[]): string {
  return texts.map((text) => `- ${cell(text)}`).join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  // A row is one line, so lines within a cell take markup.
  const lines = (text: string): string => text.split("\n").map(cell).join("<br>");
  const line = (cells: readonly string[]): string => `| ${cells.map(lines).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

/** Addresses are links, and nothing in the rest is markup. */
function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s,;<>]+)/)
    .map((part, index) => (index % 2 === 0 ? cell(part) : `<${part}>`))
    .join("");
}

/** A text as it is: on one line, and without a character that Markdown or a table would take for its own. */
function cell(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]<>|~#@&]/g, (character) => `&#${String(character.charCodeAt(0))};`)
    .replaceAll(/\s+/g, " ");
}
