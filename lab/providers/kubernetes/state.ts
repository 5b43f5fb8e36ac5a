/**
 * An object's state in the stack, as the official plug-in keeps it, so that a stack can switch between the plug-ins:
 * https://github.com/pulumi/pulumi-kubernetes/blob/v4.34.2/provider/pkg/provider/provider.go (checkpointObject, parseCheckpointObject).
 */
import { inputsKey } from "../secrets.ts";
import { isObject, secret, type Properties } from "../values.ts";
import type { Kind } from "./kinds.ts";

const fieldManagerKey = "__fieldManager";
const initialApiVersionKey = "__initialApiVersion";

/** What the state holds beside the live object. */
export interface Kept {
  /** The inputs that made the object. The official plug-in takes them for the old ones, not those that the engine sends. */
  readonly inputs: Properties;
  readonly fieldManager: string;
  readonly initialApiVersion: string;
}

/** The live object, and what the next update needs. Contents of Secrets are encrypted. */
export function stateOf(kind: Kind, live: Properties, kept: Kept): Properties {
  return {
    ...secretive(kind, { ...live, ...kind }),
    [inputsKey]: secretive(kind, kept.inputs),
    [fieldManagerKey]: kept.fieldManager,
    [initialApiVersionKey]: kept.initialApiVersion,
  };
}

/** The object, with the contents of a Secret marked. */
export function secretive({ kind }: Kind, object: Properties): Properties {
  if (kind !== "Secret") return object;
  const contents = ["data", "stringData"].filter((key) => object[key] !== undefined);
  return { ...object, ...Object.fromEntries(contents.map((key) => [key, secret(object[key] ?? null)])) };
}

/** The inputs of the last update. Engines that do not send them leave those in the state. */
export function lastInputs(sent: Properties, state: Properties): Properties {
  const kept = state[inputsKey];
  return Object.keys(sent).length === 0 && isObject(kept) ? kept : sent;
}

export const fieldManagerIn = (state: Properties): string | undefined =>
  state[fieldManagerKey] as string | undefined;

export const initialApiVersionIn = (state: Properties, { apiVersion }: Kind): string =>
  (state[initialApiVersionKey] as string | undefined) ?? apiVersion;
