/** A comparison for programs: JSON as docs/comparison.schema.json says. */
import * as v from "valibot";
import { comparisonSchema } from "../result/comparison.ts";
import type { Comparison } from "../result/comparison.ts";

/** @throws if it is not what the schema says, which would be a fault of this project's */
export function jsonReport(comparison: Comparison): string {
  return JSON.stringify(v.parse(comparisonSchema, comparison), undefined, 2);
}
