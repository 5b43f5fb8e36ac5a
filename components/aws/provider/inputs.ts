/** Checks what a program in another language has passed against the schema: its compiler, if it has one, did not see the components' types. */
import type { Inputs } from "@pulumi/pulumi";
import { isSecret, isUnknown, Output, runtime } from "@pulumi/pulumi";
import type { Problem } from "../../core/validation.ts";
import type { ObjectSpec, Schema, TypeSpec } from "./schema.ts";
import { typeNamed } from "./schema.ts";

/**
 * The values that the schema calls plain, as plain values. The components decide by them which resources there are. Others stay as they are, with what they depend on.
 *
 * @returns what is wrong, in place of values that cannot be used
 */
export async function plainInputs(
  schema: Schema,
  spec: ObjectSpec,
  inputs: Inputs,
): Promise<{ readonly values: Inputs; readonly problems: readonly Problem[] }> {
  const secrets: string[] = [];
  const values = (await settled(schema, { ...spec, plain: true }, inputs, "", secrets)) as Inputs;
  return {
    values,
    problems: [
      ...secrets.map((propertyPath) => ({
        propertyPath,
        reason:
          "is a secret, and names and annotations of resources are made of it, which are none; give a value that is no secret",
      })),
      ...objectProblems(schema, spec, values, ""),
    ],
  };
}

/** An object of a known type, or any value. */
type Expected = TypeSpec & Partial<ObjectSpec>;

/**
 * Awaits the outputs among values that the schema calls plain.
 * @param secrets gets the paths of those that are secret
 */
async function settled(
  schema: Schema,
  spec: Expected,
  given: unknown,
  path: string,
  secrets: string[],
): Promise<unknown> {
  if (spec.plain !== true) return given;
  const value = Output.isInstance(given) ? await awaited(given, path, secrets) : given;
  const { properties, items, additionalProperties } = chosen(schema, spec, value);
  if (Array.isArray(value) && items !== undefined)
    return Promise.all(
      value.map((each, index) => settled(schema, items, each, `${path}[${index}]`, secrets)),
    );
  if (!isObject(value) || isUnknown(value)) return value;
  const entries = Object.entries(value).map(async ([name, each]) => {
    const within = properties?.[name] ?? additionalProperties;
    const at = path === "" ? name : `${path}.${name}`;
    return [name, within === undefined ? each : await settled(schema, within, each, at, secrets)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function awaited(given: Output<unknown>, path: string, secrets: string[]): Promise<unknown> {
  if (await isSecret(given)) secrets.push(path);
  const { each } = await runtime.serializeProperties("plain", { each: given });
  return unwrapped(runtime.deserializeProperty(each, true));
}

/** The type that a value of a named type, or of one of several, has. */
function chosen(schema: Schema, spec: Expected, value: unknown): Expected {
  const one = spec.oneOf?.find(({ items, $ref }) =>
    Array.isArray(value)
      ? items !== undefined
      : isObject(value) && typeNamed(schema, $ref)?.type === "object",
  );
  const { $ref, ...rest } = one ?? spec;
  const { properties } = typeNamed(schema, $ref) ?? {};
  return properties === undefined ? rest : { ...rest, properties };
}

/** Secrets were found before; here they are values as any. */
function unwrapped(value: unknown): unknown {
  if (runtime.isRpcSecret(value)) return unwrapped(runtime.unwrapRpcSecret(value));
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== "object" || value === null || isUnknown(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unwrapped(each)]));
}

function objectProblems(schema: Schema, spec: ObjectSpec, value: object, path: string): Problem[] {
  const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const allowed = Object.keys(spec.properties);
  const missing = (spec.required ?? []).filter((name) => (value as Inputs)[name] === undefined);
  return [
    ...missing.map((name) => ({ propertyPath: at(name), reason: "is missing; set it" })),
    ...Object.entries(value).flatMap(([name, each]) => {
      const property = spec.properties[name];
      if (property === undefined)
        return [{ propertyPath: at(name), reason: `is unknown; allowed are ${allowed.join(", ")}` }];
      return valueProblems(schema, property, each, at(name));
    }),
  ];
}

function valueProblems(schema: Schema, spec: TypeSpec, value: unknown, path: string): Problem[] {
  if (value === undefined) return [];
  // A value that is no plain one: the provider of its resource checks it.
  if (Output.isInstance(value) || value instanceof Promise) return [];
  if (isUnknown(value)) {
    const reason =
      "is not known yet, and decides which resources there are; give a value that does not come from a resource";
    return [{ propertyPath: path, reason }];
  }
  if (spec.oneOf !== undefined) {
    const each = spec.oneOf.map((one) => valueProblems(schema, one, value, path));
    const first =
      each.find((problems) => problems.length === 0) ??
      each.find(([problem]) => problem?.propertyPath !== path);
    return first ?? [wrong(path, value, spec.oneOf.map((one) => words(schema, one)).join(" or "))];
  }
  const named = typeNamed(schema, spec.$ref);
  const members = named?.enum?.map((each) => each.value);
  if (members !== undefined)
    return members.includes(value as string) ? [] : [wrong(path, value, words(schema, spec))];
  if (named !== undefined)
    return isObject(value)
      ? objectProblems(schema, named, value, path)
      : [wrong(path, value, words(schema, spec))];
  const { items, additionalProperties } = spec;
  if (items !== undefined && Array.isArray(value))
    return value.flatMap((each, index) => valueProblems(schema, items, each, `${path}[${index}]`));
  if (additionalProperties !== undefined && isObject(value))
    return Object.entries(value).flatMap(([key, each]) =>
      valueProblems(schema, additionalProperties, each, `${path}[${JSON.stringify(key)}]`),
    );
  return isOfType(spec, value) ? [] : [wrong(path, value, words(schema, spec))];
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Lists, maps and objects were looked into before. */
function isOfType({ type }: TypeSpec, value: unknown): boolean {
  if (type === "integer") return Number.isInteger(value);
  return (type === "string" || type === "boolean") && typeof value === type;
}

const wrong = (propertyPath: string, value: unknown, allowed: string): Problem => ({
  propertyPath,
  reason: `${JSON.stringify(value)} is not allowed; allowed is ${allowed}`,
});

/** What a type allows, for a person. */
function words(schema: Schema, spec: TypeSpec): string {
  const named = typeNamed(schema, spec.$ref);
  if (named?.enum !== undefined) return named.enum.map(({ value }) => JSON.stringify(value)).join(" or ");
  if (spec.type === "array") return "a list";
  if (named !== undefined || spec.type === "object") return "an object";
  return spec.type === "integer" ? "a whole number" : `a ${spec.type ?? "value"}`;
}
