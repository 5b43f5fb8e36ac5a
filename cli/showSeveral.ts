/** Shows the comparison of more than two Services. */
import * as v from "valibot";
import { formats } from "../comparison/report/formats.ts";
import { severalReport } from "../comparison/report/terminal/several.ts";
import { severalSchema } from "../comparison/result/several.ts";
import type { Several } from "../comparison/result/several.ts";
import { hasColour } from "./colour.ts";
import type { Arguments } from "./command.ts";
import { UsageError } from "./command.ts";

/** The format for programs. */
const json = "json";

/** @throws {UsageError} for what only two Services can have */
export function checkSeveral(values: Arguments["values"]): void {
  const others = ["load-balancer", ...formats.map(({ name }) => name).filter((name) => name !== json)];
  const given = others.find((name) => values[name] !== undefined && values[name] !== false);
  if (given !== undefined) throw new UsageError(`--${given} is for two Services; give two, or leave it out`);
}

export function showSeveral(several: Several, values: Arguments["values"]): void {
  console.log(
    values[json] === true
      ? JSON.stringify(v.parse(severalSchema, several), undefined, 2)
      : severalReport(several, { colour: hasColour(), columns: process.stdout.columns }),
  );
}
