/** A comparison for programs: JSON as specified in docs/comparison.schema.json. */
import * as v from "valibot";
import { comparisonSchema } from "../result/comparison.ts";
import type { Comparison } from "../result/comparison.ts";
import { severalSchema } from "../result/several.ts";
import type { Several } from "../result/several.ts";

/** @throws if it does not match the schema, which would be a bug of this project */
export function jsonReport(comparison: Comparison): string {
  return JSON.stringify(v.parse(comparisonSchema, comparison), undefined, 2);
}

/** As specified in docs/several.schema.json. @throws as above */
export function jsonSeveral(several: Several): string {
  return JSON.stringify(v.parse(severalSchema, several), undefined, 2);
}
