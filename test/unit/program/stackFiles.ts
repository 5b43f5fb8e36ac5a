/** The checked-in stack dev for tests, with changes. */
import { join } from "node:path";
import { readStackConfiguration } from "../../../cli/stackConfiguration.ts";

export const checkout = join(import.meta.dirname, "../../..");
export const project = "nodeport-vs-loadbalancer";

const checkedIn = readStackConfiguration(checkout, "dev").values;

/** Stack dev's configuration with other values for this project's keys, in the form in which Pulumi passes them. `undefined` removes a key. */
export function devConfig(
  changes: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  const values: Record<string, string | undefined> = { ...checkedIn };
  for (const [key, value] of Object.entries(changes)) values[`${project}:${key}`] = value;
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
