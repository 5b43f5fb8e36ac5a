/** What happened to traffic: for each scenario its timelines, and its findings beside what is documented. */
import type { BySide } from "../../result/bySide.ts";
import type { Comparison } from "../../result/comparison.ts";
import type { FindingResult, ScenarioResult, ShownOutcome } from "../../result/scenarioSchema.ts";
import { hasLoss } from "../timeline.ts";
import { sideTitles, titles } from "../titles.ts";
import { verdictMark } from "./aspects.ts";
import { section } from "./section.ts";
import { html, linked } from "./template.ts";
import type { Markup } from "./template.ts";
import { timelineFigure } from "./timeline.ts";

export function scenarioSection(comparison: Comparison): Markup {
  const { scenarios } = comparison;
  if (scenarios.length === 0) return html``;
  const sides = sideTitles(comparison);
  return section(
    "scenarios",
    titles.scenarios,
    html`<p class="lead">
        Each scenario ran against both ways at the same time, with the same code. The column “Relation”
        compares the right value with the left one: = equal, ~ equal within chance, × a ratio, + or − a
        difference.
      </p>
      ${scenarios.some(({ timelines = [] }) => timelines.length > 0) ? html`<p class="lead">Drawings show over time how many requests were answered and lost, and which pod or node answered.</p>` : ""}`,
    ...scenarios.map((scenario) => scenarioPart(scenario, sides)),
  );
}

function scenarioPart(scenario: ScenarioResult, sides: BySide<string>): Markup {
  const { title, question, seconds, failure, findings } = scenario;
  return html`<h3>${title}</h3>
    <p class="quiet">${question} (${seconds} s)</p>
    ${failure === null ? "" : html`<p>${verdictMark("unreachable")} ${failure}</p>`}
    ${timelineParts(scenario, sides)} ${findings.length === 0 ? "" : findingTable(title, findings, sides)}`;
}

/** Drawings with losses are open, all others folded. */
function timelineParts({ id, timelines = [] }: ScenarioResult, sides: BySide<string>): Markup {
  const drawn = timelines.map((timeline, index) => ({
    title: timeline.title,
    isOpen: hasLoss(timeline),
    figure: timelineFigure(timeline, sides, `timeline-${id}-${index}`),
  }));
  const folded = drawn.filter(({ isOpen }) => !isOpen);
  return html`${drawn.filter(({ isOpen }) => isOpen).map(({ figure }) => figure)}
  ${
    folded.length === 0
      ? ""
      : html`<details>
          <summary>Over time, nothing lost: ${folded.map(({ title }) => title).join("; ")}</summary>
          ${folded.map(({ figure }) => figure)}
        </details>`
  }`;
}

function findingTable(title: string, findings: readonly FindingResult[], sides: BySide<string>): Markup {
  return html`<table class="findings">
    <caption class="hidden-text">
      ${title}
    </caption>
    <thead>
      <tr>
        <th scope="col">Measured</th>
        <th scope="col">${sides.left}</th>
        <th scope="col">${sides.right}</th>
        <th scope="col">Relation</th>
        <th scope="col">Verdict</th>
        <th scope="col">As documented</th>
      </tr>
    </thead>
    <tbody>
      ${findings.map((finding) => findingRow(finding, sides))}
    </tbody>
  </table>`;
}

function findingRow(finding: FindingResult, sides: BySide<string>): Markup {
  const { title, left, right, relation, verdict, expected, source } = finding;
  return html`<tr>
    <th scope="row">${title}</th>
    ${outcomeCell(left, sides.left)} ${outcomeCell(right, sides.right)}
    <td data-title="Relation">${relation}</td>
    <td>${verdictMark(verdict)}</td>
    <td data-title="As documented">${expected} <span class="quiet source">${linked(source)}</span></td>
  </tr>`;
}

function outcomeCell({ kind, text, detail }: ShownOutcome, side: string): Markup {
  return html`<td data-title="${side}" ${kind === "measured" ? "" : html` class="quiet"`}>
    ${text}${detail === "" ? "" : html` <span class="quiet source">${detail}</span>`}
  </td>`;
}
