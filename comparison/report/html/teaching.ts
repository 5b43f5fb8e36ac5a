/** What a comparison teaches: what is true of the claims, who does what, what it costs. */
import type { BySide, Side } from "../../result/bySide.ts";
import type { Comparison, Cost, LifeCycle, Statement } from "../../result/comparison.ts";
import { dollars, evidenceOf } from "../../result/words.ts";
import { hasPrices } from "../cost.ts";
import { actions } from "../lifeCycle.ts";
import { sideTitles, titles } from "../titles.ts";
import { verdictMark } from "./aspects.ts";
import { costChart, series } from "./chart.ts";
import { section } from "./section.ts";
import { scrolling } from "./table.ts";
import { coded, html, linked } from "./template.ts";
import type { Markup } from "./template.ts";

export function statementSection({ statements }: Comparison): Markup {
  if (statements.length === 0) return html``;
  return section(
    "statements",
    titles.statements,
    html`<p class="lead">Each claim with a verdict, and what this run shows.</p>
      <ul class="cards">
        ${statements.map(statementCard)}
      </ul>`,
  );
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

export function lifeCycleSection(comparison: Comparison): Markup {
  const { lifeCycle } = comparison;
  if (lifeCycle.length === 0) return html``;
  return section(
    "life-cycle",
    titles.lifeCycle,
    scrolling(
      "Table of who does what",
      html`<table class="life-cycle">
        <caption class="hidden-text">
          Who creates, updates, repairs and deletes each object, on each side
        </caption>
        <thead>
          <tr>
            <th scope="col">Object</th>
            <th scope="col">Side</th>
            ${verbs.map((verb) => html`<th scope="col">${actions[verb]}</th>`)}
            <th scope="col">Source</th>
          </tr>
        </thead>
        ${lifeCycle.map((row) => lifeCycleRows(row, sideTitles(comparison)))}
      </table>`,
    ),
  );
}

function lifeCycleRows(row: LifeCycle, sides: BySide<string>): Markup {
  const cells = (side: Side): Markup[] =>
    verbs.map((verb) => {
      const differs = row[verb].left !== row[verb].right;
      return html`<td${differs ? html` class="differs"` : ""}>${coded(row[verb][side])}</td>`;
    });
  return html`<tbody>
    <tr>
      <th scope="rowgroup" rowspan="2">${row.object}</th>
      <th scope="row">${sides.left}</th>
      ${cells("left")}
      <td rowspan="2" class="quiet source">${linked(row.source)}</td>
    </tr>
    <tr>
      <th scope="row">${sides.right}</th>
      ${cells("right")}
    </tr>
  </tbody>`;
}

export function costSection({ cost }: Comparison): Markup {
  const notes = html`<ul>
    ${cost.notes.map((note) => html`<li>${note}</li>`)}
  </ul>`;
  return section(
    "cost",
    titles.cost,
    hasPrices(cost)
      ? html`${pricedCost(cost)} ${notes}`
      : html`${notes}
          <p>Source: ${linked(cost.source)}</p>`,
  );
}

function pricedCost(cost: Cost): Markup {
  const { here, byServices, prices } = cost;
  return html`<dl class="figures">
      ${here.map(
        ({ way, monthly, formula }) =>
          html`<div>
            <dt>${way}</dt>
            <dd><b>${dollars(monthly)}</b> <span class="quiet">= ${formula}</span></dd>
          </div>`,
      )}
    </dl>
    <h3>By number of Services</h3>
    ${scrolling("Chart of cost", costChart(byServices))}
    <details>
      <summary>The same as a table</summary>
      <table class="numbers">
        <caption>
          Dollars per month by number of Services
        </caption>
        <thead>
          <tr>
            <th scope="col">Services</th>
            <th scope="col">${series.oneEach.title}</th>
            <th scope="col">${series.oneShared.title}</th>
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
        (price) => html`<li>${price.item}: $${price.dollars} per ${price.unit}, ${price.quantity}</li>`,
      )}
    </ul>
    <p>
      Prices as of ${cost.date}: ${cost.region}. ${cost.hoursPerMonth} hours per month. Source:
      ${linked(cost.source)}
    </p>`;
}
