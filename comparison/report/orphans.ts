/** Orphans for programs: JSON as specified in docs/orphans.schema.json. */
import * as v from "valibot";
import { orphansSchema } from "../result/orphans.ts";
import type { Orphans } from "../result/orphans.ts";

/** @throws if it does not match the schema, which would be a bug of this project */
export function jsonOrphans(orphans: Orphans): string {
  return JSON.stringify(v.parse(orphansSchema, orphans), undefined, 2);
}
