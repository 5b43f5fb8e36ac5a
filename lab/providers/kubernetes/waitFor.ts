/**
 * The annotation `pulumi.com/waitFor`, as far as this plug-in reads it: `jsonpath={.status.phase}` waits until there is a value at the path, and
 * `jsonpath={.status.phase}=Running` until there is this one. Source:
 * https://github.com/pulumi/pulumi-kubernetes/blob/v4.34.2/provider/pkg/jsonpath/jsonpath.go (Parse, Matches) and provider/pkg/await/condition/jsonpath.go (Satisfied)
 */
import { isObject, textOf, type Properties, type Value } from "../values.ts";
import { objectAt } from "./inputs.ts";
import type { Readiness } from "./readiness.ts";

/** What an object has to have. */
export interface WaitedFor {
  /** Names of fields, from the object's root. */
  readonly path: readonly string[];
  /** @default any */
  readonly value?: string;
}

/** @returns undefined for what only the official plug-in reads: filters, indices, lists, conditions, several expressions */
export function parseWaitFor(annotation: string): WaitedFor | undefined {
  const found = /^jsonpath=\{\s*\$?((?:\.[A-Za-z_]\w*)+)\s*\}(?:=([^=]+))?$/.exec(annotation);
  if (found === null) return undefined;
  const [, fields = "", value] = found;
  const path = fields.slice(1).split(".");
  return value === undefined ? { path } : { path, value };
}

/** A controller's status counts once it is about the object as it is now. */
export function hasWhatIsWaitedFor({ path, value }: WaitedFor, object: Properties): Readiness {
  const shown = `{.${path.join(".")}}${value === undefined ? "" : `=${value}`}`;
  const { generation } = objectAt(object, "metadata");
  const { observedGeneration } = objectAt(object, "status");
  if (observedGeneration !== undefined && Number(observedGeneration) < Number(generation))
    return waiting(shown, "its controller has not seen the last change yet");
  let found: Value | undefined = object;
  for (const field of path) found = isObject(found) ? found[field] : undefined;
  if (found === undefined) return waiting(shown, "there is no value yet");
  if (value === undefined || textOf(found) === value) return { ready: true };
  return waiting(shown, `it is ${textOf(found)}`);
}

const waiting = (shown: string, reason: string): Readiness => ({
  ready: false,
  progress: `waiting for ${shown}`,
  reasons: [`waiting for ${shown}: ${reason}`],
});
