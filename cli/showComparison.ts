/** Shows a comparison in the format that was asked for; its exit code. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Comparison } from "../comparison/result/comparison.ts";
import { jsonReport } from "../comparison/report/json.ts";
import { markdownReport } from "../comparison/report/markdown.ts";
import { terminalReport } from "../comparison/report/terminal/report.ts";
import { hasColour } from "./colour.ts";
import type { Arguments } from "./command.ts";
import { UsageError } from "./command.ts";
import type { Row } from "./usage.ts";

/** Options of every command that ends with a comparison. */
export const formatOptions = {
  json: { type: "boolean", default: false },
  markdown: { type: "boolean", default: false },
  html: { type: "string" },
  picture: { type: "string" },
} as const;

/** What `--help` says of them. */
export const formatRows: readonly Row[] = [
  ["--json", "print JSON; docs/comparison.schema.json describes it"],
  ["--markdown", "print Markdown"],
  ["--html FILE", "write the report as a self-contained HTML page"],
  ["--picture FILE", "write a picture of both ways as SVG"],
];

/** Exit codes of a comparison. */
export const verdictCodes: Readonly<Record<Comparison["verdict"]["kind"], number>> = {
  equivalent: 0,
  different: 1,
  incomplete: 2,
};

/** What `--help` says of them. @param failure what else ends with the code of an incomplete comparison */
export const verdictRows = (failure: string): Row[] => [
  ["0", "equivalent"],
  ["1", "different"],
  ["2", `incomplete, wrong call, or ${failure}`],
];

export function isForPrograms({ json, markdown }: Arguments["values"]): boolean {
  return json === true || markdown === true;
}

/** @throws {UsageError} for formats that cannot be printed together */
export function checkFormats({ json, markdown }: Arguments["values"]): void {
  if (json === true && markdown === true) {
    throw new UsageError("--json and --markdown both print to the standard output; give only one of them");
  }
}

/** Prints the comparison, and writes the files that were asked for. */
export async function showComparison(comparison: Comparison, values: Arguments["values"]): Promise<void> {
  if (values.json === true) console.log(jsonReport(comparison));
  else if (values.markdown === true) console.log(markdownReport(comparison));
  else console.log(terminalReport(comparison, { colour: hasColour(), columns: process.stdout.columns }));
  await writeReports(comparison, values);
}

/** Writes the files that were asked for. */
export async function writeReports(
  comparison: Comparison,
  values: { readonly html?: unknown; readonly picture?: unknown },
): Promise<void> {
  // Loaded only if needed: Graphviz is 1 MB of WebAssembly.
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
