/** Tables as Markdown that is readable as plain text too, padded as prettier pads them. */

export interface Column {
  readonly title: string;
  /** @default "left" */
  readonly align?: "left" | "right";
}

export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, index) =>
    Math.max(3, title.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const padded = (cells: readonly string[]): string =>
    line(
      columns.map(({ align }, index) => {
        const [cell = "", width = 0] = [cells[index], widths[index]];
        return align === "right" ? cell.padStart(width) : cell.padEnd(width);
      }),
    );
  const rule = columns.map(({ align }, index) => {
    const width = widths[index] ?? 0;
    return align === "right" ? `${"-".repeat(width - 1)}:` : "-".repeat(width);
  });
  return [padded(columns.map(({ title }) => title)), line(rule), ...rows.map(padded)].join("\n");
}
