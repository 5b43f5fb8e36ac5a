/** Text and tables that fit on a terminal of 80 columns. */
import Table from "cli-table3";

const columns = 80;

/** Lines of at most so many characters: broken between words, and within a word only where it has no room on a line of its own. */
export function wrapped(text: string, width: number): string[] {
  return printable(text).flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(" ").flatMap((whole) => pieces(whole, width))) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (longer.length <= width) line = longer;
      else {
        lines.push(line);
        line = word;
      }
    }
    return [...lines, line];
  });
}

/** Without what a terminal would obey: a value may come from anybody's tag or annotation. */
function printable(text: string): string[] {
  return text.split("\n").map((line) => line.replaceAll(/\p{Cc}/gu, "\ufffd"));
}

function pieces(word: string, width: number): string[] {
  if (word.length <= width) return [word];
  return Array.from({ length: Math.ceil(word.length / width) }, (_, index) =>
    word.slice(index * width, (index + 1) * width),
  );
}

/** A paragraph whose first line begins with a word or a mark, and whose others are indented as far. */
export function hanging(mark: string, text: string): string {
  const [first = "", ...others] = wrapped(text, columns - mark.length);
  return [mark + first, ...others.map((line) => " ".repeat(mark.length) + line)].join("\n");
}

export interface Cell {
  readonly text: string;
  /** How many columns it takes. @default 1 */
  readonly span?: number;
  /** @default as it is */
  readonly paint?: (line: string) => string;
}

/** A table whose columns have these widths inside their borders; the borders take three characters a column and one more. */
export function table(
  head: readonly string[],
  widths: readonly number[],
  rows: readonly (readonly Cell[])[],
): string {
  const made = new Table({
    head: fitted(
      head.map((text) => ({ text })),
      widths,
    ).map(({ content }) => content),
    colWidths: widths.map((width) => width + 2),
    style: { head: [], border: [], compact: true },
  });
  made.push(...rows.map((row) => fitted(row, widths)));
  return made.toString();
}

function fitted(row: readonly Cell[], widths: readonly number[]) {
  let column = 0;
  return row.map(({ text, span = 1, paint = (line) => line }) => {
    const room = widths.slice(column, column + span).reduce((sum, width) => sum + width, 3 * (span - 1));
    column += span;
    return { colSpan: span, content: wrapped(text, room).map(paint).join("\n") };
  });
}
