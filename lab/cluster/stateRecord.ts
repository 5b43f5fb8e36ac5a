/** What the lab's state was made with. The state survives the lab, and a later start may choose otherwise. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readJson, writeWhole } from "../files.ts";
import type { LabFiles } from "../files.ts";
import type { LabPlan } from "../plan.ts";
import { clusterPlaces } from "./places.ts";

export interface Choice<T extends string> {
  /** Of the file in the state that keeps it. */
  readonly record: string;
  readonly wanted: T;
  /** What it was before there was a choice, and no record. */
  readonly usual: T;
  /** @returns why the state cannot be used with what is wanted; undefined if it can */
  readonly refusal: (found: T) => string | undefined;
}

/**
 * Notes what goes on with the state.
 *
 * @throws Error with the refusal, if there is one
 */
export function takeOver<T extends string>(
  plan: LabPlan,
  files: LabFiles,
  { record, wanted, usual, refusal }: Choice<T>,
): void {
  const file = join(files.state, record);
  const recorded = readJson(file) as T | undefined;
  const found = recorded ?? (existsSync(clusterPlaces(plan, files).etcdData) ? usual : wanted);
  const reason = refusal(found);
  if (reason !== undefined) throw new Error(reason);
  writeWhole(file, JSON.stringify(wanted));
}
