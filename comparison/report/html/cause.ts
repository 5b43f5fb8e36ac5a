/** A reason of the verdict; the values behind it unfold. */
import type { Comparison } from "../../result/comparison.ts";
import { shown } from "../../result/words.ts";
import { valueTable } from "./table.ts";
import { html } from "./template.ts";
import type { Markup } from "./template.ts";

type Cause = Comparison["verdict"]["causes"][number];

export function causeWithValues({ reason, values }: Cause, { left, right }: Comparison): Markup {
  if (values.length < 2) return html`${reason}`;
  return html`<details>
    <summary>${reason}</summary>
    ${valueTable(
      "Values behind this reason",
      ["Value", left.title, right.title],
      values.map((row) => ({ title: row.path, cells: [shown(row.left), shown(row.right)] })),
    )}
  </details>`;
}
