import type { Input, Output } from "@pulumi/pulumi";
import { isUnknown, output, runtime } from "@pulumi/pulumi";

/** A value by each name. A value that only the update can know is left out of a preview. */
export type KnownValues<T> = Readonly<Record<string, T>>;

/**
 * Calls `use` once the values are there, and in a preview also if some are unknown. Resources that are named after a value can be declared in
 * it: `Output.apply` would leave all of them out of the preview of a first update.
 */
export function onceKnown<T extends number | string, Result>(
  values: Readonly<Record<string, Input<T>>>,
  use: (known: KnownValues<T>) => Result,
): Output<Result> {
  return output(knownOf(values).then(use)) as Output<Result>;
}

async function knownOf<T>(values: Readonly<Record<string, Input<T>>>): Promise<KnownValues<T>> {
  const serialized = await runtime.serializeProperties("values", values);
  const entries = Object.entries(serialized)
    .map(([key, value]) => [key, runtime.deserializeProperty(value, true) as unknown] as const)
    .filter(([, value]) => !isUnknown(value));
  return Object.fromEntries(entries) as KnownValues<T>;
}
