/** The table of aspects. Each aspect is a table body of its own, so that a filter hides it together with its reasons. */
import { aspectVerdicts } from "../../result/comparison.ts";
import type { Aspect, Comparison, Difference } from "../../result/comparison.ts";
import { reasonsFor, reasonsOf } from "../reasons.ts";
import type { Reason } from "../reasons.ts";
import { sectionsOf } from "../sections.ts";
import { shown } from "../../result/words.ts";
import { titles } from "../titles.ts";
import { section } from "./section.ts";
import { valueTable } from "./table.ts";
import { html, linked } from "./template.ts";
import type { Markup } from "./template.ts";

export function aspectSection(comparison: Comparison): Markup {
  const { aspects, left, right } = comparison;
  const reasons = reasonsOf(comparison);
  return section(
    "aspects",
    titles.aspects,
    html`<p class="lead">
      Each row compares one aspect of both sides. Names, ids, addresses and node ports are generated and
      always differ: they are compared by the role they play. Open a difference to see its reason.
    </p>`,
    filters(aspects),
    html`<table class="aspects">
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
    </table>`,
  );
}

/** Hidden in a browser that runs no scripts. */
export function filters(aspects: readonly Pick<Aspect, "verdict" | "section">[]): Markup {
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
        ${[...new Set(aspects.map(({ section: title }) => title))].map((title) => html`<option>${title}</option>`)}
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
      : html`<td class="value" data-title="${comparison.left.title}">${left}</td>
          <td class="value" data-title="${comparison.right.title}">${right}</td>`;
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
    ...(unexplained.length === 0 ? [] : ["No known reason explains this."]),
    ...reasons.map(({ why }) => why),
  ].join(" ");
  return html`<details${verdict === "different" ? html` open` : ""}>
    <summary>${summary}</summary>
    ${unexplained.length === 0 ? "" : valuesTable(title, unexplained, comparison)}
    ${reasons.map(
      (reason) =>
        html`${reasonDetails(reason, "none: the two ways differ by nature")}
        ${valuesTable(
          title,
          differences.filter(({ explanation }) => explanation === reason.id),
          comparison,
        )}`,
    )}
  </details>`;
}

function valuesTable(title: string, differences: readonly Difference[], { left, right }: Comparison): Markup {
  return valueTable(
    `Values of ${title}`,
    ["Value", left.title, right.title],
    differences.map((difference) => ({
      title: difference.path,
      cells: [shown(difference.left), shown(difference.right)],
    })),
  );
}

/** @param noRemedy the words where there is none */
export function reasonDetails(
  { affects, remedy, source }: Pick<Reason, "affects" | "remedy" | "source">,
  noRemedy: string,
): Markup {
  return html`<dl>
    <dt>Who is affected</dt>
    <dd>${affects}</dd>
    <dt>Remedy</dt>
    <dd>${remedy ?? noRemedy}</dd>
    <dt>Source</dt>
    <dd>${linked(source)}</dd>
  </dl>`;
}
