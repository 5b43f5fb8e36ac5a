/** A plain table, which scrolls sideways by itself where the page is too narrow for it. */
import { html } from "./template.ts";
import type { Markup } from "./template.ts";

export interface TableRow {
  readonly title: string;
  readonly cells: readonly string[];
}

/** @param label what it holds, for those who do not see it */
export function valueTable(label: string, head: readonly string[], rows: readonly TableRow[]): Markup {
  return scrolling(
    label,
    html`<table class="values">
      <caption class="hidden-text">
        ${label}
      </caption>
      <thead>
        <tr>
          ${head.map((title) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ title, cells }) =>
            html`<tr>
              <th scope="row">${title}</th>
              ${cells.map((text) => html`<td>${text}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}

/** Who has no mouse scrolls it with the keyboard. */
export function scrolling(label: string, content: Markup): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">${content}</div>`;
}
