/**
 * Every way to change a single field of an exposure's facts: generated from the facts themselves, so that a field that is new in the model is mutated without being
 * mentioned here.
 */

/** Where something is changed, and how. Type by type, so that the facts stay facts. */
export interface Mutation {
  readonly path: readonly (string | number)[];
  readonly change: "another value" | "without it" | "twice" | "emptied" | "one more";
}

/** All mutations of a value and of what is below it. */
export function mutationsOf(value: unknown, path: readonly (string | number)[] = []): Mutation[] {
  const here = (...changes: Mutation["change"][]): Mutation[] => changes.map((change) => ({ path, change }));
  const inList = typeof path.at(-1) === "number" ? here("without it", "twice") : [];
  if (typeof value !== "object" || value === null) return [...here("another value", "without it"), ...inList];
  const items: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  // A record, or an empty list, takes something that is new; a list with items takes one of them twice, and loses all.
  const whole = Array.isArray(value) && items.length > 0 ? here("emptied") : here("one more");
  return [...inList, ...whole, ...items.flatMap(([key, item]) => mutationsOf(item, [...path, key]))];
}

type Holder = Record<string | number, unknown>;

/** A copy with the mutation made, which shares with the original whatever is not on the path. @param another what stands in a leaf's place */
export function mutated<T>(original: T, { path, change }: Mutation, another: (leaf: unknown) => unknown): T {
  const last = path.at(-1);
  if (last === undefined) throw new Error("a mutation needs a place");
  const copy = shallowCopy(original);
  const holder = path
    .slice(0, -1)
    .reduce((above, key) => (above[key] = shallowCopy(above[key] as Holder)), copy as Holder);
  const value = holder[last];
  if (change === "another value") holder[last] = another(value);
  else if (change === "emptied") holder[last] = [];
  else if (change === "one more")
    holder[last] = Array.isArray(value) ? ["one more"] : { ...(value as object), "one more": "of it" };
  else if (Array.isArray(holder))
    holder.splice(Number(last), 1, ...(change === "twice" ? [value, value] : []));
  else Reflect.deleteProperty(holder, last);
  return copy;
}

const shallowCopy = <T>(value: T): T =>
  (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as T;
