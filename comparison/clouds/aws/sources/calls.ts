/** Helpers for calls to the AWS APIs. */

/** One call per batch, one after another. */
export async function inBatches<T, R>(
  items: readonly T[],
  size: number,
  call: (batch: T[]) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += size) {
    results.push(await call(items.slice(start, start + size)));
  }
  return results;
}

/** Attributes and tags as the APIs list them. */
export function record(
  list: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): Record<string, string> {
  return Object.fromEntries(list.map(({ Key = "", Value = "" }) => [Key, Value]));
}
