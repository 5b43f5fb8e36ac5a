type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The entries that have a value. A property that is left out takes its default; one that is `undefined` may not. */
export function withoutUndefined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
