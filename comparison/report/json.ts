/** A comparison for programs: JSON as specified in docs/comparison.schema.json. */
import * as v from "valibot";
import { comparisonSchema } from "../result/comparison.ts";
import type { Comparison } from "../result/comparison.ts";

/** @throws if it does not match the schema, which would be a bug of this project */
export function jsonReport(comparison: Comparison): string {
  return JSON.stringify(v.parse(comparisonSchema, comparison), undefined, 2);
}
