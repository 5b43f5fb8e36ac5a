/** The table of aspects: a body of rows each, so that a filter takes an aspect with its reasons. */
import { aspectVerdicts } from "../../result/comparison.ts";
import type { Aspect, Comparison, Difference } from "../../result/comparison.ts";
import { reasonsFor, reasonsOf } from "../reasons.ts";
import type { Reason } from "../reasons.ts";
import { sectionsOf } from "../sections.ts";
import { shown } from "../../result/words.ts";
import { html, linked } from "./template.ts";
import type { Markup } from "./template.ts";

export function aspectSection(comparison: Comparison): Markup {
  const { aspects, left, right } = comparison;
  const reasons = reasonsOf(comparison);
  return html`<section aria-labelledby="aspects">
    <h2 id="aspects">Aspect by aspect</h2>
    <p class="lead">
      The same aspects of both. Names, ids, addresses and node ports are each one's own: they are compared by
      the role that they play. What differs unfolds to its reason.
    </p>
    ${filters(aspects)}
    <table class="aspects">
      <caption class="hidden-text">
        Aspects of both, with verdicts
      </caption>
      <thead>
        <tr>
          <th scope="col">Aspect</th>
          <th scope="col">${left.title}</th>
          <th scope="col">${right.title}</th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      ${sectionsOf(aspects).map(
        ({ title, aspects: own }) =>
          html`<tbody data-heading="${title}">
              <tr>
                <th scope="rowgroup" colspan="4" class="section">${title}</th>
              </tr>
            </tbody>
            ${own.map((aspect) => body(aspect, reasonsFor(aspect, reasons), comparison))}`,
      )}
    </table>
  </section>`;
}

/** Only a browser that runs the script shows them. */
function filters(aspects: readonly Aspect[]): Markup {
  const verdicts = aspectVerdicts.filter((verdict) => aspects.some((aspect) => aspect.verdict === verdict));
  const count = (of: Aspect["verdict"]): number => aspects.filter(({ verdict }) => verdict === of).length;
  return html`<form class="filters" hidden>
    <fieldset>
      <legend>Verdict</legend>
      ${verdicts.map(
        (verdict) =>
          html`<label
            ><input type="checkbox" name="verdict" value="${verdict}" checked /> ${verdict}
            (${count(verdict)})</label
          >`,
      )}
    </fieldset>
    <label
      >Section
      <select name="section">
        <option value="">all</option>
        ${sectionsOf(aspects).map(({ title }) => html`<option>${title}</option>`)}
      </select>
    </label>
    <label>Text <input type="search" name="text" autocomplete="off" /></label>
    <button type="reset">Show all</button>
    <output aria-live="polite"></output>
  </form>`;
}

function body(aspect: Aspect, reasons: readonly Reason[], comparison: Comparison): Markup {
  const { title, section, left, right, verdict, differences } = aspect;
  const values =
    left === right
      ? html`<td colspan="2" class="value both">${left}</td>`
      : html`<td class="value" data-side="${comparison.left.title}">${left}</td>
          <td class="value" data-side="${comparison.right.title}">${right}</td>`;
  return html`<tbody data-verdict="${verdict}" data-section="${section}">
    <tr>
      <th scope="row">${title}</th>
      ${values}
      <td>${verdictMark(verdict)}</td>
    </tr>
    ${
      differences.length === 0
        ? ""
        : html`<tr>
            <td colspan="4" class="more">${details(aspect, reasons, comparison)}</td>
          </tr>`
    }
  </tbody>`;
}

export function verdictMark(verdict: string): Markup {
  return html`<span class="mark ${verdict.replaceAll(" ", "-")}">${verdict}</span>`;
}

function details(
  { verdict, title, differences }: Aspect,
  reasons: readonly Reason[],
  comparison: Comparison,
): Markup {
  const unexplained = differences.filter(({ explanation }) => explanation === null);
  const summary = [
    ...(unexplained.length === 0 ? [] : ["Nothing explains this."]),
    ...reasons.map(({ why }) => why),
  ].join(" ");
  return html`<details${verdict === "different" ? html` open` : ""}>
    <summary>${summary}</summary>
    ${unexplained.length === 0 ? "" : valuesTable(title, unexplained, comparison)}
    ${reasons.map(
      (reason) =>
        html`<dl>
            <dt>Who is affected</dt>
            <dd>${reason.affects}</dd>
            <dt>Remedy</dt>
            <dd>${reason.remedy ?? "none: it lies in the nature of the two ways"}</dd>
            <dt>Source</dt>
            <dd>${linked(reason.source)}</dd>
          </dl>
          ${valuesTable(
            title,
            differences.filter(({ explanation }) => explanation === reason.id),
            comparison,
          )}`,
    )}
  </details>`;
}

function valuesTable(title: string, differences: readonly Difference[], { left, right }: Comparison): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Values of ${title}">
    <table class="values">
      <caption class="hidden-text">
        Values of ${title}
      </caption>
      <thead>
        <tr>
          <th scope="col">Value</th>
          <th scope="col">${left.title}</th>
          <th scope="col">${right.title}</th>
        </tr>
      </thead>
      <tbody>
        ${differences.map(
          (difference) =>
            html`<tr>
              <th scope="row">${difference.path}</th>
              <td>${shown(difference.left)}</td>
              <td>${shown(difference.right)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
