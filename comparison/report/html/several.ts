/** The comparison of more than two Services as one HTML file: side by side, with the verdict of each pair. */
import type { Aspect, Comparison } from "../../result/comparison.ts";
import type { Several } from "../../result/several.ts";
import { basisOf, kubernetesInWords, shown, when } from "../../result/words.ts";
import { notesOf } from "../notes.ts";
import { limitsOnce, predictionsOnce, servicesOf, sharedTable } from "../several.ts";
import type { SharedCell, SharedReason, SharedRow } from "../several.ts";
import { titles } from "../titles.ts";
import { filters, reasonDetails, verdictMark } from "./aspects.ts";
import { limitSection, predictionSection } from "./run.ts";
import { section } from "./section.ts";
import { filterScript, pageOf } from "./shell.ts";
import { scrolling, valueTable } from "./table.ts";
import { html } from "./template.ts";
import type { Markup } from "./template.ts";
import { verdictBox } from "./verdict.ts";

export async function severalHtml(several: Several): Promise<string> {
  const { verdict } = several;
  return pageOf({
    script: await filterScript(),
    title: `${servicesOf(several).join(", ")}: ${verdict.kind}`,
    header: header(several),
    main: [
      pairSection(several),
      aspectSection(several),
      predictionSection({ predictions: predictionsOnce(several) }),
      limitSection({ limits: limitsOnce(several) }),
    ],
  });
}

function header(several: Several): Markup {
  const { verdict, comparisons } = several;
  const [first] = comparisons;
  return html`<header>
    <p class="kicker">NodePort with your own load balancer, or LoadBalancer?</p>
    <h1>${servicesOf(several).join(", ")}</h1>
    <div class="verdict ${verdict.kind}"><p>${verdict.sentence}</p></div>
    ${
      first === undefined
        ? ""
        : html`<p class="quiet">
            ${[`${basisOf(first)} (${when(first)}).`, ...kubernetesInWords(first)].join(" ")}
          </p>`
    }
  </header>`;
}

/** The first Service with each of the others. */
function pairSection({ comparisons }: Several): Markup {
  return section("pairs", "Pair by pair", ...comparisons.map(pair));
}

function pair(comparison: Comparison): Markup {
  const { left, right, aspects } = comparison;
  const unexplained = aspects
    .flatMap(({ differences }) => differences)
    .filter(({ explanation }) => explanation === null);
  const missing = comparison.sources.filter(({ outcome }) => outcome !== "known");
  return html`<h3>${left.service} <span class="quiet">and</span> ${right.service}</h3>
    ${verdictBox(comparison)}
    ${
      unexplained.length === 0
        ? ""
        : valueTable(
            `${titles.unexplained}: ${left.service} and ${right.service}`,
            ["Value", left.service, right.service],
            unexplained.map((row) => ({ title: row.path, cells: [shown(row.left), shown(row.right)] })),
          )
    }
    ${notesOf(comparison).map(({ title, lines }) => list(title, lines))}
    ${list(
      titles.missingSources,
      missing.map(({ source, outcome, reason }) => `${source} ${outcome}: ${reason}`),
    )}`;
}

function list(title: string, lines: readonly string[]): Markup {
  if (lines.length === 0) return html``;
  return html`<h4>${title}</h4>
    <ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>`;
}

function aspectSection(several: Several): Markup {
  const { rows, reasons } = sharedTable(several);
  const sections = [...new Set(rows.map((row) => row.section))];
  const columns = 2 * several.comparisons.length + 2;
  return section(
    "aspects",
    titles.aspects,
    html`<p class="lead">
      Each row compares one aspect of all Services. A verdict compares the Service before it with the first
      one. Names, ids, addresses and node ports are generated and always differ: they are compared by the role
      they play.
    </p>`,
    filters(rows.map((row) => ({ section: row.section, verdict: worstOf(row) }))),
    scrolling(
      "Aspects of all Services, with verdicts",
      html`<table class="side-by-side">
        <caption class="hidden-text">
          Aspects of all Services, with verdicts
        </caption>
        <thead>
          <tr>
            <th scope="col">Aspect</th>
            <th scope="col">${several.comparisons[0]?.left.service ?? ""}</th>
            ${several.comparisons.map(
              ({ right }) =>
                html`<th scope="col">${right.service}</th>
                  <th scope="col">Verdict</th>`,
            )}
          </tr>
        </thead>
        ${sections.map(
          (title) =>
            html`<tbody data-heading="${title}">
                <tr>
                  <th scope="rowgroup" colspan="${columns}" class="section">${title}</th>
                </tr>
              </tbody>
              ${rows.filter((row) => row.section === title).map(body)}`,
        )}
      </table>`,
    ),
    reasonList(reasons),
  );
}

function body(row: SharedRow): Markup {
  return html`<tbody data-verdict="${worstOf(row)}" data-section="${row.section}">
    <tr>
      <th scope="row">${row.title}</th>
      <td class="value">${row.first}</td>
      ${row.others.map(cells)}
    </tr>
  </tbody>`;
}

function cells(cell: SharedCell | undefined): Markup {
  if (cell === undefined)
    return html`<td></td>
      <td></td>`;
  return html`<td class="value">${cell.text}</td>
    <td>
      ${verdictMark(cell.verdict)}
      ${cell.reasons.map((number) => html`<a href="#reason-${number}">[${number}]</a>`)}
    </td>`;
}

/** The verdict by which a filter finds the row: that of the Service that is least like the first one. */
function worstOf({ others }: SharedRow): Aspect["verdict"] {
  const found = others.flatMap((cell) => cell?.verdict ?? []);
  const order = [
    "different",
    "unknown",
    "equivalent",
    "not seen",
  ] as const satisfies readonly Aspect["verdict"][];
  return order.find((verdict) => found.includes(verdict)) ?? "same";
}

function reasonList(reasons: readonly SharedReason[]): Markup {
  if (reasons.length === 0) return html``;
  return html`<h3>${titles.reasons}</h3>
    <ol class="reasons">
      ${reasons.map(
        (reason) =>
          html`<li id="reason-${reason.number}">
            ${reason.why} ${reasonDetails(reason, "none: the two differ by nature")}
          </li>`,
      )}
    </ol>`;
}
