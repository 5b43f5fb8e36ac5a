/** What look-ups share: their arguments, filters and pages. */
import type { Filter } from "@aws-sdk/client-ec2";
import { isArray, isObject, textOf, type Properties, type Value } from "../../../providers/values.ts";
import type { Context } from "./resource.ts";
import type { Arguments } from "./schema.ts";

export interface Invoke {
  readonly arguments: Arguments;
  call(args: Properties, context: Context): Promise<Record<string, Value | undefined>>;
}

/** Results by their names in @pulumi/aws. */
export type ResultOf<SdkResult> = { readonly [Name in keyof SdkResult]?: Value | undefined };

export const filters: Arguments[string] = {
  type: "list",
  of: {
    type: "object",
    fields: {
      name: { type: "string", required: true },
      values: { type: "list", required: true, of: { type: "string" } },
    },
  },
};

/** Filters of the call: the given ones, tags, and arguments that are filters under another name. */
export function filterList(
  args: Readonly<Record<string, Value | undefined>>,
  names: Readonly<Record<string, string>> = {},
): { Filters?: Filter[] } {
  const given = isArray(args.filters) ? args.filters.filter(isObject) : [];
  const tags = Object.entries(isObject(args.tags) ? args.tags : {});
  const Filters = [
    ...given.map(({ name, values }) => ({ Name: name as string, Values: [...(values as string[])] })),
    ...tags.map(([key, value]) => ({ Name: `tag:${key}`, Values: [value as string] })),
    ...Object.entries(names).flatMap(([argument, Name]) => {
      const value = args[argument];
      return value === undefined
        ? []
        : [{ Name, Values: isArray(value) ? (value as string[]) : [textOf(value)] }];
    }),
  ];
  return Filters.length > 0 ? { Filters } : {};
}

export async function all<Page, Item>(
  pages: AsyncIterable<Page>,
  items: (page: Page) => Item[] | undefined,
): Promise<Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(...(items(page) ?? []));
  return found;
}

export const present = (values: readonly (string | undefined)[]): string[] =>
  values.filter((value): value is string => value !== undefined);
