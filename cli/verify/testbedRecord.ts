/**
 * A record of the testbed as the last run left it in order. The next run can use it without having Pulumi check all of it. There is no record while a run changes the
 * testbed, so a run that is killed leaves none.
 */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { BySide } from "../../comparison/result/bySide.ts";
import type { Target } from "../../comparison/scenarios/testbed/testbed.ts";
import type { VariantName } from "../../comparison/scenarios/testbed/variants.ts";
import { readJson, writeWhole } from "../../lab/files.ts";
import { keyOf } from "../../lab/tools/cache.ts";
import { checkout } from "../devLab.ts";

export type Targets = Readonly<Record<VariantName, BySide<Target>>>;

export interface TestbedRecord {
  /** Key of what it was made of. */
  readonly key: string;
  /** Process id of the lab that it was on: another lab may not have what was deployed. */
  readonly lab: number;
  readonly targets: Targets;
}

/** Directories and files of the checkout that the testbed's program is made of. */
export const testbedSources = (cloud: string): readonly string[] => [
  "components",
  "comparison/scenarios/testbed",
  `comparison/clouds/${cloud}/testbed`,
  "package-lock.json",
];

/** @param cloud its name @param given everything else that the deployment depends on */
export function testbedKey(cloud: string, given: unknown): string {
  const files = testbedSources(cloud).flatMap((source) =>
    source.endsWith(".json")
      ? [source]
      : readdirSync(join(checkout, source), { recursive: true, encoding: "utf8" })
          .filter((name) => name.endsWith(".ts"))
          .map((name) => join(source, name)),
  );
  const contents = files.map((file) => [file, readFileSync(join(checkout, file), "utf8")] as const);
  return keyOf({ ...Object.fromEntries(contents), given: JSON.stringify(given) });
}

const recordIn = (directory: string): string => join(directory, "in-order.json");

/** @param directory the testbed's */
export function readTestbedRecord(directory: string): TestbedRecord | undefined {
  return readJson(recordIn(directory)) as TestbedRecord | undefined;
}

export function writeTestbedRecord(directory: string, record: TestbedRecord): void {
  writeWhole(recordIn(directory), JSON.stringify(record, undefined, 2));
}

export function forgetTestbed(directory: string): void {
  rmSync(recordIn(directory), { force: true });
}
