/** A comparison in the form that was asked for, and its exit code. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Comparison } from "../comparison/result/comparison.ts";
import { jsonReport } from "../comparison/report/json.ts";
import { markdownReport } from "../comparison/report/markdown.ts";
import { terminalReport } from "../comparison/report/terminal/report.ts";
import { hasColour } from "./colour.ts";
import type { Arguments } from "./command.ts";
import { UsageError } from "./command.ts";

/** Options of every command that ends with a comparison. */
export const formatOptions = {
  json: { type: "boolean", default: false },
  markdown: { type: "boolean", default: false },
  html: { type: "string" },
  picture: { type: "string" },
} as const;

export const formatUsage = `  --json          print JSON as docs/comparison.schema.json describes it
  --markdown      print Markdown
  --html FILE     write the report as one self-contained page
  --picture FILE  write the picture of both ways as SVG`;

/** Exit codes of a comparison. */
export const verdictCodes: Readonly<Record<Comparison["verdict"]["kind"], number>> = {
  equivalent: 0,
  different: 1,
  incomplete: 2,
};

export function isForPrograms({ json, markdown }: Arguments["values"]): boolean {
  return json === true || markdown === true;
}

/** @throws UsageError before anything is done, for what can't be printed together */
export function checkFormats({ json, markdown }: Arguments["values"]): void {
  if (json === true && markdown === true) {
    throw new UsageError("--json and --markdown both print to the standard output; allowed is one of them");
  }
}

/** Prints and writes what was asked for. */
export async function showComparison(comparison: Comparison, values: Arguments["values"]): Promise<void> {
  if (values.json === true) console.log(jsonReport(comparison));
  else if (values.markdown === true) console.log(markdownReport(comparison));
  else console.log(terminalReport(comparison, { colour: hasColour() }));
  await writeReports(comparison, values);
}

/** Writes the files that were asked for. */
export async function writeReports(
  comparison: Comparison,
  values: { readonly html?: unknown; readonly picture?: unknown },
): Promise<void> {
  // Loaded when it is asked for: Graphviz is 1 MB of WebAssembly, which a preview on a terminal does not need.
  await write(values.html, async () =>
    (await import("../comparison/report/html/page.ts")).htmlReport(comparison),
  );
  await write(values.picture, async () =>
    (await import("../comparison/report/picture/picture.ts")).pictureSvg(comparison),
  );
}

async function write(file: unknown, text: () => Promise<string>): Promise<void> {
  if (typeof file !== "string") return;
  mkdirSync(dirname(resolve(file)), { recursive: true });
  writeFileSync(file, await text());
}
