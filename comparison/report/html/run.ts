/** What a comparison is based on: requests, predictions and sources; and what it does not show. */
import type { Comparison } from "../../result/comparison.ts";
import { shown } from "../../result/words.ts";
import type { Notes } from "../notes.ts";
import { sourcesOnce } from "../sources.ts";
import { titles } from "../titles.ts";
import { trafficFaults, trafficRows } from "../traffic.ts";
import { verdictMark } from "./aspects.ts";
import { section } from "./section.ts";
import { valueTable } from "./table.ts";
import { html } from "./template.ts";
import type { Markup } from "./template.ts";

export function trafficSection(comparison: Comparison): Markup {
  const { traffic } = comparison;
  if (traffic.length === 0) return html``;
  const faults = trafficFaults(comparison);
  return section(
    "traffic",
    titles.traffic,
    faults.length === 0
      ? html``
      : html`<ul class="faults">
          ${faults.map((fault) => html`<li>${fault}</li>`)}
        </ul>`,
    valueTable(
      "Requests, each over a new connection",
      ["Requests", ...traffic.map(({ side }) => side)],
      trafficRows(comparison).map(({ title, values }) => ({ title, cells: values })),
    ),
  );
}

export function noteSection({ id, title, lines }: Notes): Markup {
  return section(
    id,
    title,
    html`<ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>`,
  );
}

export function predictionSection({ predictions }: Pick<Comparison, "predictions">): Markup {
  if (predictions.length === 0) return html``;
  return section(
    "predictions",
    titles.predictions,
    ...predictions.map(
      ({ service, outcome, reason, checked, wrong }) =>
        html`<p>
            ${verdictMark(outcome)} <b>${service}</b>${reason === "" ? "" : `: ${reason}`} (${checked} values
            checked)
          </p>
          ${
            wrong.length === 0
              ? ""
              : valueTable(
                  "Wrong predictions",
                  ["Value", "Predicted", "Found"],
                  wrong.map(({ path, predicted, found }) => ({
                    title: path,
                    cells: [shown(predicted), shown(found)],
                  })),
                )
          }`,
    ),
  );
}

export function sourceSection(comparison: Comparison): Markup {
  const { left, right } = comparison;
  const sides = { left: left.title, right: right.title, both: "both" };
  return section(
    "sources",
    titles.sources,
    html`<ul>
      ${sourcesOnce(comparison).map(
        ({ source, side, outcome, reason }) =>
          html`<li>
            ${verdictMark(outcome)} ${source} (${sides[side]})${reason === "" ? "" : `: ${reason}`}
          </li>`,
      )}
    </ul>`,
  );
}

export function limitSection({ limits }: Pick<Comparison, "limits">): Markup {
  if (limits.length === 0) return html``;
  return section(
    "limits",
    titles.limits,
    html`<ul>
      ${limits.map((limit) => html`<li>${limit}</li>`)}
    </ul>`,
  );
}
