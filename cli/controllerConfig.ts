/** The configuration file of the controller that serves the Services. */
import { readFileSync } from "node:fs";
import type { Cloud } from "../comparison/clouds/cloud.ts";
import { cloudsConfiguredBy } from "../comparison/clouds/configured.ts";
import { clouds } from "../comparison/clouds/index.ts";
import { controllerNames } from "../comparison/manifests/ground.ts";
import type { Arguments } from "./command.ts";
import { UsageError } from "./command.ts";
import { fileProblem } from "./fileProblem.ts";
import type { Row } from "./usage.ts";

export const controllerConfigOption = { "controller-config": { type: "string" } } as const;

export const controllerConfigRows: readonly Row[] = [
  [
    "--controller-config FILE",
    "the file that the controller gets as --cloud-config; predictions follow its settings (default: the controller's defaults, or what its load balancers show)",
  ],
];

/** @throws {UsageError} if the file cannot be read, or has what the controller does not take */
export function configuredClouds(values: Arguments["values"]): readonly Cloud[] {
  const file = values["controller-config"];
  if (typeof file !== "string") return clouds;
  const text = readText(file);
  try {
    return cloudsConfiguredBy(text, file, controllerOf(values));
  } catch (error) {
    throw new UsageError(`--controller-config: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(fileProblem("--controller-config", file, error));
  }
}

/** Manifests are for one controller; a cluster shows by itself which one it has. */
function controllerOf({ file, controller }: Arguments["values"]): string | undefined {
  return file === undefined ? undefined : String(controller ?? controllerNames[0]);
}
