/** The formats that a comparison can be shown in, besides the terminal's. A new format is a file or folder here, and one entry. */
import type { Comparison } from "../result/comparison.ts";
import type { Several } from "../result/several.ts";

export interface Format {
  /** Of the option on the command line. */
  readonly name: string;
  /** Whether it is printed, and so nothing else can be; or written to the file that the option names. */
  readonly to: "output" | "file";
  /** For the option's help text. */
  readonly help: string;
  /** Loads what it needs when it is called: Graphviz alone is 1 MB of WebAssembly. */
  readonly render: (comparison: Comparison) => Promise<string>;
  /** The same of more than two Services. @default this format is for two */
  readonly renderSeveral?: (several: Several) => Promise<string>;
}

export const formats: readonly Format[] = [
  {
    name: "json",
    to: "output",
    help: "print JSON; docs/comparison.schema.json describes it",
    render: async (comparison) => (await import("./json.ts")).jsonReport(comparison),
    renderSeveral: async (several) => (await import("./json.ts")).jsonSeveral(several),
  },
  {
    name: "markdown",
    to: "output",
    help: "print Markdown",
    render: async (comparison) => (await import("./markdown.ts")).markdownReport(comparison),
    renderSeveral: async (several) => (await import("./markdownSeveral.ts")).severalMarkdown(several),
  },
  {
    name: "html",
    to: "file",
    help: "write the report as a self-contained HTML page",
    render: async (comparison) => (await import("./html/page.ts")).htmlReport(comparison),
    renderSeveral: async (several) => (await import("./html/several.ts")).severalHtml(several),
  },
  {
    name: "picture",
    to: "file",
    help: "write a picture of both ways as SVG",
    render: async (comparison) => (await import("./picture/picture.ts")).pictureSvg(comparison),
  },
];
