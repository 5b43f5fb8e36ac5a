/** What happened to traffic, scenario by scenario, each finding with what is documented of it. */
import type { Comparison } from "../../result/comparison.ts";
import type { FindingResult, ScenarioResult, ShownOutcome } from "../../result/scenarioSchema.ts";
import { verdictMark } from "./aspects.ts";
import { html, linked } from "./template.ts";
import type { Markup } from "./template.ts";

export function scenarioSection({ scenarios, left, right }: Comparison): Markup {
  if (scenarios.length === 0) return html``;
  return html`<section aria-labelledby="scenarios">
    <h2 id="scenarios">What happens to traffic</h2>
    <p class="lead">
      Each scenario ran against both ways at the same time, with the same code. Between the two values stands
      the right one against the left one.
    </p>
    ${scenarios.map((scenario) => scenarioTable(scenario, left.title, right.title))}
  </section>`;
}

function scenarioTable(scenario: ScenarioResult, left: string, right: string): Markup {
  const { title, question, seconds, failure, findings } = scenario;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}">
    <table class="values scenario">
      <caption>
        <b>${title}</b>
        <span class="quiet">${question} (${seconds} s)</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Measured</th>
          <th scope="col">${left}</th>
          <th scope="col">${right}</th>
          <th scope="col">Right to left</th>
          <th scope="col">Verdict</th>
          <th scope="col">As documented</th>
        </tr>
      </thead>
      <tbody>
        ${
          failure === null
            ? ""
            : html`<tr>
                <th scope="row">${verdictMark("unreachable")}</th>
                <td colspan="5">${failure}</td>
              </tr>`
        }
        ${findings.map(findingRow)}
      </tbody>
    </table>
  </div>`;
}

function findingRow({ title, left, right, relation, verdict, expected, source }: FindingResult): Markup {
  return html`<tr>
    <th scope="row">${title}</th>
    <td${quiet(left)}>${left.text}${detailOf(left)}</td>
    <td${quiet(right)}>${right.text}${detailOf(right)}</td>
    <td class="relation">${relation}</td>
    <td>${verdictMark(verdict)}</td>
    <td>${expected} <span class="quiet source">${linked(source)}</span></td>
  </tr>`;
}

const detailOf = ({ detail }: ShownOutcome): Markup =>
  detail === "" ? html`` : html` <span class="quiet source">${detail}</span>`;

/** A reason why there is no value is no value. */
function quiet({ kind }: ShownOutcome): Markup {
  return kind === "measured" ? html`` : html` class="quiet"`;
}
