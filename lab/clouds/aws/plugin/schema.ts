/** Input arguments as data: types, defaults, and which of them an existing object cannot change. */
import type { Path } from "../../../providers/diff.ts";
import type { Failure } from "../../../providers/protocol.ts";
import { isArray, isObject, UNKNOWN, type Properties, type Value } from "../../../providers/values.ts";

type Shape =
  | { readonly type: "string"; readonly allowed?: readonly string[] }
  | { readonly type: "number"; readonly min?: number; readonly max?: number }
  | { readonly type: "boolean" }
  /** Strings by key. */
  | { readonly type: "map" }
  /** Ordered. */
  | { readonly type: "list"; readonly of: Shape }
  /** Strings without an order. */
  | { readonly type: "set" }
  | { readonly type: "object"; readonly fields: Arguments };

export type Argument = Shape & {
  readonly required?: true;
  /** The default of AWS or the official plug-in. */
  readonly default?: Value;
  /** A change makes a new object. */
  readonly immutable?: true;
  /** AWS chooses a value if the program sets none, so removing the argument from the program changes nothing. */
  readonly computed?: true;
};

export type Arguments = Readonly<Record<string, Argument>>;

/** Arguments by their names in @pulumi/aws. A name that it does not have is a compile error. */
export type ArgumentsOf<SdkArgs> = { readonly [Name in keyof SdkArgs]?: Argument };

/** The plug-in for everything that this one does not support, and how to install it. */
export const officialPlugin =
  "the official AWS plug-in v7.48.0 supports all of AWS: pulumi plugin install resource aws 7.48.0";

const describe = (value: Value): string => JSON.stringify(value);

function checkScalar(shape: Shape, value: Value, property: string, failures: Failure[]): Value {
  const fail = (expected: string): Value => {
    failures.push({ property, reason: `expected ${expected}, got ${describe(value)}` });
    return value;
  };
  switch (shape.type) {
    case "number": {
      const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      if (typeof number !== "number" || !Number.isInteger(number)) return fail("an integer");
      const { min = -Infinity, max = Infinity } = shape;
      return number < min || number > max ? fail(`an integer from ${String(min)} to ${String(max)}`) : number;
    }
    case "boolean":
      if (value === "true" || value === "false") return value === "true";
      return typeof value === "boolean" ? value : fail("true or false");
    case "string": {
      const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
      if (typeof text !== "string") return fail("a string");
      return shape.allowed && !shape.allowed.includes(text)
        ? fail(`one of ${shape.allowed.join(", ")}`)
        : text;
    }
    default:
      return fail(`a ${shape.type}`);
  }
}

function checkValue(shape: Shape, value: Value, property: string, failures: Failure[]): Value {
  if (value === UNKNOWN) return value;
  if (shape.type === "object" && isObject(value))
    return checkFields(shape.fields, value, `${property}.`, failures);
  if (shape.type === "list" && isArray(value))
    return value.map((item, index) => checkValue(shape.of, item, `${property}[${String(index)}]`, failures));
  if (shape.type === "set" && isArray(value))
    return value
      .map((item, index) => checkValue({ type: "string" }, item, `${property}[${String(index)}]`, failures))
      .sort();
  if (shape.type === "map" && isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        checkValue({ type: "string" }, item, `${property}["${key}"]`, failures),
      ]),
    );
  return checkScalar(shape, value, property, failures);
}

/**
 * The inputs with defaults, with numbers and booleans as such, and with sorted sets. Faults are added to `failures`.
 * @param prefix the path of the object that holds the fields, with its trailing dot.
 */
export function checkFields(
  fields: Arguments,
  inputs: Properties,
  prefix: string,
  failures: Failure[],
): Properties {
  const checked: Record<string, Value> = {};
  for (const name of Object.keys(inputs)) {
    if (name in fields || name.startsWith("__")) continue;
    const known = Object.keys(fields).join(", ");
    failures.push({
      property: `${prefix}${name}`,
      reason: `unknown argument; the lab's plug-in supports ${known}; ${officialPlugin}`,
    });
  }
  for (const [name, field] of Object.entries(fields)) {
    const value = inputs[name] ?? field.default;
    if (value !== undefined) checked[name] = checkValue(field, value, `${prefix}${name}`, failures);
    else if (field.required)
      failures.push({ property: `${prefix}${name}`, reason: "missing required argument" });
  }
  return checked;
}

/** The argument at a path, for example `healthCheck.interval` or `defaultActions[0].type`. */
export function argumentAt(fields: Arguments, path: Path): Argument | undefined {
  let found: Argument | undefined;
  let inside: Arguments | undefined = fields;
  for (const part of path) {
    if (typeof part === "number") continue;
    found = inside?.[part];
    const shape: Shape | undefined = found?.type === "list" ? found.of : found;
    inside = shape?.type === "object" ? shape.fields : undefined;
  }
  return found;
}
