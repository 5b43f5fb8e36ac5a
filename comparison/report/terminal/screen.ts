/** Text, tables and colours on a terminal. */
import { styleText } from "node:util";
import Table from "cli-table3";
import wrapAnsi from "wrap-ansi";

export type Style = "green" | "red" | "yellow" | "dim" | "bold";

export interface ScreenOptions {
  readonly colour: boolean;
  /** Width of the terminal. No line is longer than 80 characters. @default 80 */
  readonly columns?: number | undefined;
}

export interface Cell {
  readonly text: string;
  /** How many columns it takes. @default 1 */
  readonly span?: number;
  /** @default none */
  readonly style?: Style | undefined;
}

/** Longer lines are hard to read. */
const mostColumns = 80;
/** A table of four columns needs so many. */
const fewestColumns = 40;
/** Columns of marks are no wider, and keep their width on a narrow terminal. */
const markWidth = 7;
/** Between the contents of two columns: a space, a border, a space. */
const gap = 3;

export class Screen {
  readonly #colour: boolean;
  readonly #columns: number;

  constructor({ colour, columns = mostColumns }: ScreenOptions) {
    this.#colour = colour;
    // A terminal that does not know its width says 0.
    this.#columns = columns === 0 ? mostColumns : Math.min(mostColumns, Math.max(fewestColumns, columns));
  }

  /** Paints line by line, so that a painted text can stand in a column. */
  paint(text: string, ...styles: readonly (Style | undefined)[]): string {
    const wanted = styles.filter((style) => style !== undefined);
    if (!this.#colour || wanted.length === 0) return text;
    const lines = text.split("\n");
    return lines.map((line) => styleText(wanted, line, { validateStream: false })).join("\n");
  }

  /** A paragraph whose first line begins with a mark and whose other lines are indented as far. */
  hanging(mark: string, text: string): string {
    const lines = wrapped(text, this.#columns - mark.length);
    return mark + lines.replaceAll("\n", `\n${" ".repeat(mark.length)}`);
  }

  /** @param widths of the columns' contents on a terminal that is wide enough */
  table(head: readonly string[], widths: readonly number[], rows: readonly (readonly Cell[])[]): string {
    const fitting = this.#fitting(widths);
    const contents = (row: readonly Cell[]) => {
      let column = 0;
      return row.map(({ text, span = 1, style }) => {
        const room = roomIn(fitting.slice(column, column + span));
        column += span;
        return { colSpan: span, content: this.paint(wrapped(text, room), style) };
      });
    };
    const table = new Table({
      head: contents(head.map((text) => ({ text }))).map(({ content }) => content),
      colWidths: fitting.map((width) => width + 2),
      style: { head: [], border: [], compact: true },
    });
    table.push(...rows.map(contents));
    return table.toString();
  }

  /** How many characters fit into a cell that spans all columns of a table. */
  room(widths: readonly number[]): number {
    return roomIn(this.#fitting(widths));
  }

  /** As wide as the terminal allows; the first wide column gets what rounding leaves. */
  #fitting(widths: readonly number[]): readonly number[] {
    const tooMany = roomIn(widths) + 4 - this.#columns;
    if (tooMany <= 0) return widths;
    const wide = sum(widths.filter((width) => width > markWidth));
    const narrow = widths.map((width) =>
      width > markWidth ? Math.floor(width * (1 - tooMany / wide)) : width,
    );
    const left = sum(widths) - tooMany - sum(narrow);
    const first = widths.findIndex((width) => width > markWidth);
    return narrow.map((width, column) => (column === first ? width + left : width));
  }
}

function wrapped(text: string, width: number): string {
  return wrapAnsi(printable(text), width, { hard: true });
}

/** Without what a terminal would obey: a value may come from anybody's tag or annotation. */
function printable(text: string): string {
  return text.replaceAll(/(?!\n)\p{Cc}/gu, "\ufffd");
}

function roomIn(widths: readonly number[]): number {
  return sum(widths) + gap * (widths.length - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
