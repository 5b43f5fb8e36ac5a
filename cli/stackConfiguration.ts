/** A stack's configuration as Pulumi's CLI passes it to the program: the project's defaults, overridden by the stack's file. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { StackConfiguration } from "../comparison/plan/configuration.ts";

interface ProjectFile {
  readonly name: string;
  readonly config?: Readonly<Record<string, { readonly default?: unknown }>>;
}

interface StackFile {
  readonly config?: Readonly<Record<string, unknown>>;
}

/** @throws if the stack has no file, naming those that do */
export function readStackConfiguration(checkout: string, stack: string): StackConfiguration {
  const project = parse(readFileSync(join(checkout, "Pulumi.yaml"), "utf8")) as ProjectFile;
  const stacks = stacksIn(checkout);
  if (!stacks.includes(stack)) {
    throw new Error(`there is no Pulumi.${stack}.yaml; the stacks here are: ${stacks.join(", ")}`);
  }
  const { config } = parse(readFileSync(join(checkout, `Pulumi.${stack}.yaml`), "utf8")) as StackFile;
  const defaults = Object.entries(project.config ?? {}).flatMap(([key, declared]) =>
    declared.default === undefined ? [] : [[`${project.name}:${key}`, asText(declared.default)] as const],
  );
  const given = Object.entries(config ?? {}).map(([key, value]) => [key, asText(value)] as const);
  return { project: project.name, stack, values: Object.fromEntries([...defaults, ...given]) };
}

function stacksIn(checkout: string): string[] {
  return readdirSync(checkout).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
