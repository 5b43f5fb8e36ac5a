/** The outcome of one measurement on one side. A failure is data, so that the rest of a scenario still says what it can. */
export type Outcome<T> =
  /** `detail`: what the value leaves out, in words. */
  | { readonly kind: "measured"; readonly value: T; readonly detail?: string }
  /** It was tried, and something it needs did not answer. `again`: only the measuring client failed, so another try may help. */
  | { readonly kind: "unreachable"; readonly reason: string; readonly again?: true }
  /** It was not tried, on purpose. */
  | { readonly kind: "skipped"; readonly reason: string };

export function measured<T>(value: T, detail?: string): Outcome<T> {
  return { kind: "measured", value, ...(detail === undefined ? {} : { detail }) };
}

/** What follows from a measurement. That may be unknown, too. */
export function andThen<T, V>(outcome: Outcome<T>, follow: (value: T) => Outcome<V>): Outcome<V> {
  return outcome.kind === "measured" ? follow(outcome.value) : outcome;
}

/** Turns whatever is thrown into an outcome. An abort is thrown on. */
export async function attempt<T>(measure: () => Promise<T>, signal: AbortSignal): Promise<Outcome<T>> {
  try {
    return measured(await measure());
  } catch (error) {
    signal.throwIfAborted();
    return { kind: "unreachable", reason: error instanceof Error ? error.message : String(error) };
  }
}
