/** The common part of the plug-ins' configurations: known keys, and errors that name a key. */
import type { Failure } from "./protocol.ts";

/** The variables with which the engine configures a plug-in, without the package's name as prefix. */
export type Variables = Readonly<Record<string, string>>;

/** A value of the configuration is not allowed. */
export class ConfigError extends Error {
  readonly key: string;

  /** @param key without the package's name */
  constructor(pluginName: string, key: string, reason: string) {
    super(`${pluginName}:${key}: ${reason}`);
    this.key = key;
  }
}

export interface KnownConfiguration {
  readonly pluginName: string;
  readonly keys: readonly string[];
  /** How to install the plug-in that supports every key. */
  readonly officialPlugin: string;
  /** @throws {ConfigError} for a value that is not allowed */
  parse(variables: Variables): unknown;
}

/** The faults of the configuration. Values that are unknown in a preview are ignored. */
export function configurationFailures(variables: Variables, known: KnownConfiguration): Failure[] {
  const { pluginName, keys, officialPlugin } = known;
  const failures: Failure[] = Object.keys(variables)
    .filter((key) => !keys.includes(key) && key !== "version" && !key.startsWith("__"))
    .map((property) => ({
      property,
      reason: `${pluginName}:${property} is not known to the lab's plug-in, which supports ${keys.join(", ")}; ${officialPlugin}`,
    }));
  try {
    known.parse(variables);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    failures.push({ property: error.key, reason: error.message });
  }
  return failures;
}
