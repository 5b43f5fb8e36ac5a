/** Tables as Markdown that is also readable as plain text. */
import { markdownTable } from "markdown-table";

export interface Column {
  readonly title: string;
  /** @default "left" */
  readonly align?: "left" | "right";
}

export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  return markdownTable([columns.map(({ title }) => title), ...rows], {
    // "left" would be written out, and is what readers assume.
    align: columns.map(({ align }) => (align === "right" ? align : null)),
  });
}
