/** ELBv2 attributes: key-value pairs of load balancers, target groups and listeners, which are set separately from the creation. */
import { differs } from "../resource.ts";
import { textOf, type Properties, type Value } from "../../../../providers/values.ts";

/** An argument in @pulumi/aws, and the attribute that holds it in the API. */
export interface Attribute {
  readonly argument: string;
  readonly key: string;
  readonly type: "string" | "number" | "boolean";
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
  return attributes.flatMap(({ argument, key }) => {
    const value = after[argument];
    const same = before !== undefined && !differs(before, after, argument);
    return value === undefined || same ? [] : [{ Key: key, Value: textOf(value) }];
  });
}

/** The outputs in attributes. Attributes that AWS does not return stay undefined. */
export function attributeOutputs(
  attributes: readonly Attribute[],
  list: readonly KeyValue[] = [],
): Record<string, Value | undefined> {
  const values = new Map(list.map(({ Key, Value }) => [Key, Value]));
  const entries = attributes.map(({ argument, key, type }): [string, Value | undefined] => {
    const value = values.get(key);
    if (value === undefined || value === "") return [argument, undefined];
    if (type === "number") return [argument, Number(value)];
    return [argument, type === "boolean" ? value === "true" : value];
  });
  return Object.fromEntries(entries);
}
