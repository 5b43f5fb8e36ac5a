/** The verdict, and what led to it. */
import type { Comparison } from "../../result/comparison.ts";
import { causeWithValues } from "./cause.ts";
import { html } from "./template.ts";
import type { Markup } from "./template.ts";

export function verdictBox(comparison: Comparison): Markup {
  const { verdict, opensMore } = comparison;
  return html`<div class="verdict ${verdict.kind}">
    <p>${verdict.sentence}</p>
    ${
      verdict.causes.length === 0
        ? ""
        : html`<ul>
            ${verdict.causes.map((cause) => html`<li>${causeWithValues(cause, comparison)}</li>`)}
          </ul>`
    }
    ${opensMore.map((rule) => html`<p>${rule}</p>`)}
  </div>`;
}
