/** What the cases on the lab said when they were tried last, for docs/cases.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Said } from "./labCase.ts";

/** Of one step. */
export type Recorded = Pick<Said, "exit" | "short">;

/** Of each step, by the name of the case. */
export type Recording = Readonly<Record<string, readonly Recorded[]>>;

const file = join(import.meta.dirname, "record.json");

export const recorded = (): Recording => JSON.parse(readFileSync(file, "utf8")) as Recording;

export function writeRecording(recording: Recording): void {
  writeFileSync(file, `${JSON.stringify(recording, undefined, 2)}\n`);
}

/** Without the ids of one run, which say nothing to a reader. */
export const withoutIds = (text: string): string =>
  text
    .replaceAll(/\b(i|sg|sgr|subnet|vpc)-[0-9a-f]{8,17}\b/g, "$1-...")
    .replaceAll(/\b(nodeport|loadbalancer|testbed)-[0-9a-f]{8}\b/g, "$1-...")
    .replaceAll(/\bRequestID: \w+/g, "RequestID: ...")
    .replaceAll(/ \(at [-\d]+ [:\d]+ UTC\)/g, "");
