/** What can be learnt from a comparison: the statements, who does what, what it costs. */
import type { BySide, Side } from "../../result/bySide.ts";
import type { Comparison, LifeCycle, Statement } from "../../result/comparison.ts";
import { dollars, evidenceOf } from "../../result/words.ts";
import { verdictMark } from "./aspects.ts";
import { costChart } from "./chart.ts";
import { coded, html, linked } from "./template.ts";
import type { Markup } from "./template.ts";

export function statementSection({ statements }: Comparison): Markup {
  if (statements.length === 0) return html``;
  return html`<section aria-labelledby="statements">
    <h2 id="statements">What the question and its answers say</h2>
    <p class="lead">Each statement with a verdict, and what this run shows of it.</p>
    <ul class="cards">
      ${statements.map(statementCard)}
    </ul>
  </section>`;
}

function statementCard(statement: Statement): Markup {
  const { saidBy, verdict, why, source, evidence, contradicts } = statement;
  const state = evidence === null ? "absent" : contradicts ? "against" : "present";
  return html`<li class="card">
    <h3>${statement.statement}</h3>
    <p>${verdictMark(verdict)} <span class="quiet">${saidBy}</span></p>
    <p>${why}</p>
    <p class="evidence ${state}"><b>In this run:</b> ${evidenceOf(statement)}</p>
    <p class="quiet source">Source: ${linked(source)}</p>
  </li>`;
}

const verbs = ["creates", "updates", "repairs", "deletes"] as const;

export function lifeCycleSection({ lifeCycle, left, right }: Comparison): Markup {
  if (lifeCycle.length === 0) return html``;
  return html`<section aria-labelledby="life-cycle">
    <h2 id="life-cycle">Who does what, and when</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Life cycle">
      <table class="life-cycle">
        <caption class="hidden-text">
          Who creates, updates, repairs and deletes each object, in each way
        </caption>
        <thead>
          <tr>
            <th scope="col">Object</th>
            <th scope="col">Way</th>
            ${verbs.map((verb) => html`<th scope="col">${verb}</th>`)}
            <th scope="col">Source</th>
          </tr>
        </thead>
        ${lifeCycle.map((row) => lifeCycleRows(row, { left: left.title, right: right.title }))}
      </table>
    </div>
  </section>`;
}

function lifeCycleRows(row: LifeCycle, titles: BySide<string>): Markup {
  const cells = (side: Side): Markup[] =>
    verbs.map((verb) => {
      const differs = row[verb].left !== row[verb].right;
      return html`<td${differs ? html` class="differs"` : ""}>${coded(row[verb][side])}</td>`;
    });
  return html`<tbody>
    <tr>
      <th scope="rowgroup" rowspan="2">${row.object}</th>
      <th scope="row">${titles.left}</th>
      ${cells("left")}
      <td rowspan="2" class="quiet source">${linked(row.source)}</td>
    </tr>
    <tr>
      <th scope="row">${titles.right}</th>
      ${cells("right")}
    </tr>
  </tbody>`;
}

export function costSection({ cost }: Comparison): Markup {
  const { here, byServices, prices, notes } = cost;
  return html`<section aria-labelledby="cost">
    <h2 id="cost">Cost a month</h2>
    <dl class="figures">
      ${here.map(
        ({ way, monthly, formula }) =>
          html`<div>
            <dt>${way}</dt>
            <dd><b>${dollars(monthly)}</b> <span class="quiet">= ${formula}</span></dd>
          </div>`,
      )}
    </dl>
    <h3>By number of Services</h3>
    <div class="scroll" tabindex="0" role="region" aria-label="Chart of cost">${costChart(byServices)}</div>
    <details>
      <summary>The same as a table</summary>
      <table class="numbers">
        <caption>
          Dollars a month by number of Services
        </caption>
        <thead>
          <tr>
            <th scope="col">Services</th>
            <th scope="col">a load balancer each, either way</th>
            <th scope="col">one for all, hand-made only</th>
          </tr>
        </thead>
        <tbody>
          ${byServices.map(
            ({ services, oneEach, oneShared }) =>
              html`<tr>
                <th scope="row">${services}</th>
                <td>${dollars(oneEach)}</td>
                <td>${dollars(oneShared)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>
    <h3>Prices</h3>
    <ul>
      ${prices.map(
        (price) => html`<li>${price.item}: $${price.dollars} a ${price.unit}, ${price.quantity}</li>`,
      )}
    </ul>
    <p>
      ${cost.region}, read on ${cost.date}; ${cost.hoursPerMonth} hours a month. Source:
      ${linked(cost.source)}
    </p>
    <ul>
      ${notes.map((note) => html`<li>${note}</li>`)}
    </ul>
  </section>`;
}
