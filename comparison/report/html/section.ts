import { html } from "./template.ts";
import type { Markup } from "./template.ts";

/** A part of the page. */
export function section(id: string, title: string, ...content: readonly Markup[]): Markup {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section>`;
}
