/** ELBv2 attributes: key-value pairs of load balancers, target groups and listeners, which are set separately from the creation. */
import { isArray, isObject, textOf, type Properties, type Value } from "../../../../providers/values.ts";

/** An argument in @pulumi/aws, and the attribute that holds it in the API. */
export interface Attribute {
  /** A name, or a path such as `stickiness.enabled` and `targetHealthStates[0].unhealthyDrainingInterval`. */
  readonly argument: string;
  readonly key: string;
  readonly type: "string" | "number" | "boolean";
  /** What is sent when the program no longer has the argument. Without it, AWS keeps the last value, as with the official plug-in. */
  readonly whenRemoved?: string;
}

interface KeyValue {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** The attributes to send: on creation those that are set, on update those that differ from `before`. */
export function attributeList(
  attributes: readonly Attribute[],
  before: Properties | undefined,
  after: Properties,
) {
  return attributes.flatMap(({ argument, key, whenRemoved }) => {
    const [was, is] = [textAt(argument, before), textAt(argument, after)];
    const value = is ?? (was === undefined ? undefined : whenRemoved);
    return value === undefined || value === was ? [] : [{ Key: key, Value: value }];
  });
}

function textAt(argument: string, properties: Properties | undefined): string | undefined {
  const value = parts(argument).reduce<Value | undefined>(childOf, properties);
  return value === undefined ? undefined : textOf(value);
}

const parts = (argument: string): string[] => argument.match(/[^.[\]]+/g) ?? [];

function childOf(parent: Value | undefined, part: string): Value | undefined {
  if (isArray(parent)) return parent[Number(part)];
  return isObject(parent) ? parent[part] : undefined;
}

/** The outputs in attributes, nested as the arguments are. Attributes that AWS does not return stay undefined. */
export function attributeOutputs(
  attributes: readonly Attribute[],
  list: readonly KeyValue[] = [],
): Record<string, Value> {
  const values = new Map(list.map(({ Key, Value }) => [Key, Value]));
  return attributes.reduce<Record<string, Value>>((outputs, { argument, key, type }) => {
    const value = values.get(key);
    if (value === undefined || value === "") return outputs;
    return withValue(outputs, parts(argument), valueOf(value, type)) as Record<string, Value>;
  }, {});
}

function valueOf(text: string, type: Attribute["type"]): Value {
  if (type === "number") return Number(text);
  return type === "boolean" ? text === "true" : text;
}

/** A copy of `parent` with the value at the path. A number in a path is an index, so its parent is a list. */
function withValue(parent: Value | undefined, [part, ...rest]: readonly string[], value: Value): Value {
  if (part === undefined) return value;
  const child = withValue(childOf(parent, part), rest, value);
  if (/^\d+$/.test(part)) return [child];
  return { ...(isObject(parent) ? parent : {}), [part]: child };
}
