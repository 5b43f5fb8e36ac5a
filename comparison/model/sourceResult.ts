/** A source's answer. */

/**
 * `known`: the source answered. `unavailable`: this setup has no such source. This is not an error: both sides lack its facts.
 * `unreachable`: there is a source, but its answer is missing or incomplete, so the comparison cannot reach a conclusion.
 */
export type SourceResult<T> =
  | { readonly kind: "known"; readonly facts: T }
  | { readonly kind: "unavailable"; readonly reason: string }
  | { readonly kind: "unreachable"; readonly reason: string };

export function known<T>(facts: T): SourceResult<T> {
  return { kind: "known", facts };
}

/** The facts, if they are known. */
export function factsIn<T>(result: SourceResult<T>): T | undefined {
  return result.kind === "known" ? result.facts : undefined;
}
