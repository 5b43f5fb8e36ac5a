/** The project's own files as tests take them: the checked-in stack dev, with changes. */
import { join } from "node:path";
import { readStackConfiguration } from "../../../cli/stackConfiguration.ts";

export const checkout = join(import.meta.dirname, "../../..");
export const project = "nodeport-vs-loadbalancer";

const checkedIn = readStackConfiguration(checkout, "dev").values;

/** Stack dev's configuration with other values of this project's keys, given as Pulumi hands them over; undefined takes one away. */
export function devConfig(
  changes: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  const values: Record<string, string | undefined> = { ...checkedIn };
  for (const [key, value] of Object.entries(changes)) values[`${project}:${key}`] = value;
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
