/** Shows the comparison of more than two Services. */
import { formats } from "../comparison/report/formats.ts";
import { severalReport } from "../comparison/report/terminal/several.ts";
import type { Several } from "../comparison/result/several.ts";
import { hasColour } from "./colour.ts";
import type { Arguments } from "./command.ts";
import { UsageError } from "./command.ts";
import { printedFormats, writeFiles } from "./showComparison.ts";

/** @throws {UsageError} for what only two Services can have */
export function checkSeveral(values: Arguments["values"]): void {
  const others = [
    "load-balancer",
    ...formats.filter(({ renderSeveral }) => renderSeveral === undefined).map(({ name }) => name),
  ];
  const given = others.find((name) => values[name] !== undefined && values[name] !== false);
  if (given !== undefined) throw new UsageError(`--${given} is for two Services; give two, or leave it out`);
}

/** Prints it, and writes the files that were asked for. */
export async function showSeveral(several: Several, values: Arguments["values"]): Promise<void> {
  const [format] = printedFormats(values);
  console.log(
    (await format?.renderSeveral?.(several)) ??
      severalReport(several, { colour: hasColour(), columns: process.stdout.columns }),
  );
  await writeFiles(values, ({ renderSeveral }) => renderSeveral?.(several));
}
