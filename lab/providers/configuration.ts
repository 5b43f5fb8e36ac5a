/** What both plug-ins' configurations have in common: keys that are known, and errors that name one. */
import type { Failure } from "./protocol.ts";

/** The variables that the engine configures a plug-in with, without the package's name in front. */
export type Variables = Readonly<Record<string, string>>;

/** A value of the configuration is not what it should be. */
export class ConfigError extends Error {
  /** @param key without the package's name */
  constructor(
    pluginName: string,
    readonly key: string,
    reason: string,
  ) {
    super(`${pluginName}:${key}: ${reason}`);
  }
}

export interface KnownConfiguration {
  readonly pluginName: "aws" | "kubernetes";
  readonly keys: readonly string[];
  /** How to come by the plug-in that knows every key. */
  readonly officialPlugin: string;
  /** @throws {ConfigError} for a value that is not allowed */
  parse(variables: Variables): unknown;
}

/** What is wrong with the configuration. Values that a preview does not know yet are left alone. */
export function configurationFailures(variables: Variables, known: KnownConfiguration): Failure[] {
  const { pluginName, keys, officialPlugin } = known;
  const failures: Failure[] = Object.keys(variables)
    .filter((key) => !keys.includes(key) && key !== "version" && !key.startsWith("__"))
    .map((property) => ({
      property,
      reason: `${pluginName}:${property} is not known to the lab's plug-in, which takes ${keys.join(", ")}; ${officialPlugin}`,
    }));
  try {
    known.parse(variables);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    failures.push({ property: error.key, reason: error.message });
  }
  return failures;
}
