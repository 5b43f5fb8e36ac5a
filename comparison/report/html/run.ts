/** What a comparison rests on: requests, predictions, sources, and what it does not show. */
import type { Comparison, TrafficReport } from "../../result/comparison.ts";
import { sourcesOnce } from "../sources.ts";
import { shown } from "../../result/words.ts";
import { verdictMark } from "./aspects.ts";
import { html } from "./template.ts";
import type { Markup } from "./template.ts";

export function trafficSection({ traffic }: Comparison): Markup {
  if (traffic.length === 0) return html``;
  const row = (title: string, of: (each: TrafficReport) => string): Markup =>
    html`<tr>
      <th scope="row">${title}</th>
      ${traffic.map((each) => html`<td>${of(each)}</td>`)}
    </tr>`;
  const faults = traffic.flatMap(({ side, shortcomings }) =>
    shortcomings.map((fault) => html`<li>${side}: ${fault}</li>`),
  );
  return html`<section aria-labelledby="traffic">
    <h2 id="traffic">Requests through both load balancers</h2>
    ${
      faults.length === 0
        ? ""
        : html`<ul class="faults">
            ${faults}
          </ul>`
    }
    <div class="scroll" tabindex="0" role="region" aria-label="Requests">
      <table class="values">
        <caption class="hidden-text">
          Requests, a new connection each
        </caption>
        <thead>
          <tr>
            <th scope="col">Requests</th>
            ${traffic.map(({ side }) => html`<th scope="col">${side}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${row("answered", ({ answered, sent }) => `${answered} of ${sent}`)}
          ${row("by pods", ({ byPod }) => counts(byPod))} ${row("on nodes", ({ byNode }) => counts(byNode))}
          ${row("client address seen", ({ clientAddresses }) => clientAddresses.join("\n"))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function counts(by: Readonly<Record<string, number>>): string {
  return Object.entries(by)
    .map(([name, times]) => `${name}: ${times}`)
    .join("\n");
}

export function predictionSection({ predictions }: Comparison): Markup {
  if (predictions.length === 0) return html``;
  return html`<section aria-labelledby="predictions">
    <h2 id="predictions">What the cloud controller was predicted to make</h2>
    ${predictions.map(
      ({ service, outcome, reason, checked, wrong }) =>
        html`<p>
            ${verdictMark(outcome)} <b>${service}</b>${reason === "" ? "" : `: ${reason}`} (values checked:
            ${checked})
          </p>
          ${wrong.length === 0 ? "" : wrongTable(wrong)}`,
    )}
  </section>`;
}

function wrongTable(wrong: Comparison["predictions"][number]["wrong"]): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Wrong predictions">
    <table class="values">
      <caption class="hidden-text">
        Wrong predictions
      </caption>
      <thead>
        <tr>
          <th scope="col">Value</th>
          <th scope="col">predicted</th>
          <th scope="col">found</th>
        </tr>
      </thead>
      <tbody>
        ${wrong.map(
          ({ path, predicted, found }) =>
            html`<tr>
              <th scope="row">${path}</th>
              <td>${shown(predicted)}</td>
              <td>${shown(found)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

export function sourceSection(comparison: Comparison): Markup {
  const { left, right } = comparison;
  const sides = { left: left.title, right: right.title, both: "both" };
  return html`<section aria-labelledby="sources">
    <h2 id="sources">Sources</h2>
    <ul>
      ${sourcesOnce(comparison).map(
        ({ source, side, outcome, reason }) =>
          html`<li>
            ${verdictMark(outcome)} ${source} (${sides[side]})${reason === "" ? "" : `: ${reason}`}
          </li>`,
      )}
    </ul>
  </section>`;
}

export function limitSection({ limits }: Comparison): Markup {
  if (limits.length === 0) return html``;
  return html`<section aria-labelledby="limits">
    <h2 id="limits">What this does not show</h2>
    <ul>
      ${limits.map((limit) => html`<li>${limit}</li>`)}
    </ul>
  </section>`;
}
