/** Shows a comparison in the formats that were asked for; its exit code. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Comparison } from "../comparison/result/comparison.ts";
import { formats } from "../comparison/report/formats.ts";
import type { Format } from "../comparison/report/formats.ts";
import { terminalReport } from "../comparison/report/terminal/report.ts";
import { hasColour } from "./colour.ts";
import type { Arguments } from "./command.ts";
import { UsageError } from "./command.ts";
import { fileProblem } from "./fileProblem.ts";
import type { Row } from "./usage.ts";

/** Options of every command that ends with a comparison. */
export const formatOptions = Object.fromEntries(
  formats.map(({ name, to }) => [name, { type: to === "file" ? "string" : "boolean" } as const]),
);

/** What `--help` says of them. */
export const formatRows = formats.map(({ name, to, help }): Row => [
  to === "file" ? `--${name} FILE` : `--${name}`,
  help,
]);

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

/** Whether something else than the terminal's report is printed. */
export function isForPrograms(values: Arguments["values"]): boolean {
  return printedFormats(values).length > 0;
}

/** @throws {UsageError} for formats that cannot be printed together */
export function checkFormats(values: Arguments["values"]): void {
  const names = printedFormats(values).map(({ name }) => `--${name}`);
  if (names.length > 1)
    throw new UsageError(`${names.join(" and ")} each print to the standard output; give only one of them`);
}

/** Prints the comparison, and writes the files that were asked for. */
export async function showComparison(comparison: Comparison, values: Arguments["values"]): Promise<void> {
  const [format] = printedFormats(values);
  const screen = { colour: hasColour(), columns: process.stdout.columns };
  console.log(format === undefined ? terminalReport(comparison, screen) : await format.render(comparison));
  await writeReports(comparison, values);
}

/** Writes the files that were asked for. */
export async function writeReports(
  comparison: Comparison,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  await writeFiles(values, ({ render }) => render(comparison));
}

/** @param render undefined for a format that cannot show it @throws {UsageError} if a file cannot be written */
export async function writeFiles(
  values: Readonly<Record<string, unknown>>,
  render: (format: Format) => Promise<string> | undefined,
): Promise<void> {
  for (const format of formats) {
    const file = values[format.name];
    if (format.to !== "file" || typeof file !== "string") continue;
    const report = await render(format);
    if (report === undefined) continue;
    try {
      mkdirSync(dirname(resolve(file)), { recursive: true });
      writeFileSync(file, report);
    } catch (error) {
      throw new UsageError(fileProblem(`--${format.name}`, file, error));
    }
  }
}

/** The formats to print instead of the terminal's. */
export function printedFormats(values: Arguments["values"]): Format[] {
  return formats.filter(({ name, to }) => to === "output" && values[name] === true);
}
