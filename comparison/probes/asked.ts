/** What came of asking something of a running system. */

/**
 * `refused`: who was asked understood, and said no. `failed`: no answer, or none that says anything of the question. `not asked`: there was no occasion to.
 */
export type Asked<T> =
  | { readonly kind: "answered"; readonly answer: T }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "not asked"; readonly reason: string };

/** Nothing that a run asks may take longer, so that a comparison never hangs. */
export const askTimeoutSeconds = 5;

export function answered<T>(answer: T): Asked<T> {
  return { kind: "answered", answer };
}

export function notAsked(reason: string): { kind: "not asked"; reason: string } {
  return { kind: "not asked", reason };
}

/** The answer, if there is one. */
export function answerIn<T>(asked: Asked<T>): T | undefined {
  return asked.kind === "answered" ? asked.answer : undefined;
}

/** Why there is no answer, as the end of a sentence. */
export function whyNot(asked: Exclude<Asked<unknown>, { kind: "answered" }>): string {
  return asked.kind === "refused" ? `refused: ${asked.message}` : `${asked.kind}: ${asked.reason}`;
}

/** Turns what an API said into an outcome; `read` judges what it threw. */
export async function ask<T>(
  question: () => Promise<T>,
  read: (error: unknown) => Asked<T> = failure,
): Promise<Asked<T>> {
  try {
    return answered(await question());
  } catch (error) {
    return read(error);
  }
}

export function failure(error: unknown): { kind: "failed"; reason: string } {
  if (!(error instanceof Error)) return { kind: "failed", reason: String(error) };
  const timedOut = error.name === "TimeoutError" || error.name === "AbortError";
  return {
    kind: "failed",
    reason: timedOut ? `no answer within ${askTimeoutSeconds} s` : error.message,
  };
}
