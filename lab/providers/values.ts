/**
 * Property values as the Pulumi engine sends them: JSON, with signature strings for values that are unknown in a preview.
 * The protocol: https://pulumi-developer-docs.readthedocs.io/latest/docs/_generated/proto/provider.html
 */

export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
export type Properties = Readonly<Record<string, Value>>;

/** Represents a value that is known only after the update. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The engine's other signatures of unknowns, one for each type of the expected value (sdk/go/common/resource/plugin/rpc.go). */
const typedUnknowns = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

export const isArray = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

export const isObject = (value: Value | undefined): value is Properties =>
  typeof value === "object" && value !== null && !isArray(value);

/** A string, number or boolean as text; otherwise an empty text. */
export const textOf = (value: Value | undefined): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";

/** Whether the value is unknown or contains an unknown value. */
export function hasUnknowns(value: Value | undefined): boolean {
  if (isArray(value)) return value.some(hasUnknowns);
  if (isObject(value)) return Object.values(value).some(hasUnknowns);
  return value === UNKNOWN;
}

/** Marks a value as secret for the engine, which then encrypts it in the stack's state. */
export const secret = (value: Value): Value => ({ [signatureKey]: secretSignature, value });

/** Whether the value is marked as secret. */
export const isSecret = (value: Value | undefined): boolean =>
  isObject(value) && value[signatureKey] === secretSignature;

/** A value from the wire: every kind of unknown becomes UNKNOWN, secrets become plain values, and nulls in objects are removed. */
export function fromWire(value: unknown): Value {
  if (Array.isArray(value)) return value.map(fromWire);
  if (typeof value === "object" && value !== null) {
    const object = value as Record<string, unknown>;
    if (object[signatureKey] === secretSignature) return fromWire(object.value);
    const known = Object.entries(object).filter(([, item]) => item !== null && item !== undefined);
    return Object.fromEntries(known.map(([key, item]) => [key, fromWire(item)]));
  }
  if (typeof value === "string" && typedUnknowns.has(value)) return UNKNOWN;
  return value as Value;
}

/** Properties without undefined ones, which the wire cannot carry. */
export function defined(properties: Readonly<Record<string, Value | undefined>>): Properties {
  return Object.fromEntries(
    Object.entries(properties).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}
