/** Help texts in one style: how to call the command, what it does, its options, examples and exit codes. */
import { Screen } from "../comparison/report/terminal/screen.ts";

/** A term, and what it means. */
export type Row = readonly [term: string, meaning: string];

export interface Usage {
  /** What the command is called with: `npm run lab`. */
  readonly command: string;
  /** Its arguments: `-- COMMAND`. */
  readonly args?: string;
  /** What the command does, as paragraphs. */
  readonly about: readonly string[];
  /** Tables that come before the options, by title. */
  readonly tables?: Readonly<Record<string, readonly Row[]>>;
  /** Without `--help`, which every command has. */
  readonly options?: readonly Row[];
  readonly examples: readonly Row[];
  /** Without that of Ctrl-C, which is the same everywhere. */
  readonly exitCodes: readonly Row[];
}

const screen = new Screen({ colour: false });

/** A longer term stands on a line of its own, above its meaning. */
const longestTerm = 20;

/** For a wrong call: how to call the command, and where to read more. */
export const hintText = (usage: Usage): string => `${callText(usage)}\nFor help: ${usage.command} -- --help`;

const callText = ({ command, args }: Usage): string => ["Usage:", command, args ?? []].flat().join(" ");

/** @returns lines of at most 80 columns */
export function usageText(usage: Usage): string {
  const { about, tables, options = [], examples, exitCodes } = usage;
  const all = {
    ...tables,
    Options: [...options, ["-h, --help", "show this help"] as const],
    Examples: examples,
    "Exit codes": [...exitCodes, ["130", "stopped by Ctrl-C"] as const],
  };
  return [
    callText(usage),
    ...about.map((paragraph) => screen.hanging("", paragraph)),
    ...Object.entries(all).map(([title, rows]) => `${title}:\n${rowsText(rows)}`),
  ].join("\n\n");
}

function rowsText(rows: readonly Row[]): string {
  const lengths = rows.map(([term]) => term.length).filter((length) => length <= longestTerm);
  const width = Math.max(2, ...lengths) + 4;
  return rows
    .map(([term, meaning]) =>
      term.length + 4 > width
        ? `  ${term}\n${screen.hanging(" ".repeat(width), meaning)}`
        : screen.hanging(`  ${term}`.padEnd(width), meaning),
    )
    .join("\n");
}
