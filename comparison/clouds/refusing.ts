/** What controllers refuse of a Service, by their tables of refusals. */
import type { Refused } from "./cloud.ts";

/** What of a controller's table of refusals it takes to say which of them a Service meets. */
interface Refusing<Context> {
  readonly id: string;
  /** Ids of refusals that make this one say nothing: what they want mended decides whether it applies. @default none */
  readonly after?: readonly string[];
  readonly reason: (context: Context) => string | undefined;
}

/**
 * All that a controller refuses of a Service: the reason that it gives comes first, and each of the others would be the first once those before it are mended.
 * @param refusals in the controller's order
 */
export function reasonsOf<Context>(
  refusals: readonly Refusing<Context>[],
  context: Context,
): readonly string[] {
  const found = new Map(
    refusals.flatMap(({ id, reason }) => {
      const why = reason(context);
      return why === undefined ? [] : [[id, why] as const];
    }),
  );
  const isMoot = ({ after = [] }: Refusing<Context>): boolean => after.some((id) => found.has(id));
  const ids = refusals.filter((refusal) => !isMoot(refusal)).map(({ id }) => id);
  return [...new Set(ids.flatMap((id) => found.get(id) ?? []))];
}

/** Undefined if there is no reason. */
export function refusedFor([reason, ...others]: readonly string[]): Refused | undefined {
  return reason === undefined ? undefined : { kind: "refused", reason, others };
}
