/** The outcome of asking a running system something. */

/**
 * `refused`: the system understood, and refused. `failed`: no answer, or none to this question. `not asked`: there was no reason to ask.
 */
export type Asked<T> =
  | { readonly kind: "answered"; readonly answer: T }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "not asked"; readonly reason: string };

/** The limit for each question of a run, so that a comparison never hangs. */
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

/** Why there is no answer, to end a sentence. */
export function whyNot(asked: Exclude<Asked<unknown>, { kind: "answered" }>): string {
  return asked.kind === "refused" ? `refused: ${asked.message}` : `${asked.kind}: ${asked.reason}`;
}

/** Turns the answer of an API into an outcome; `read` judges its errors. */
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

/** @param seconds the limit of the question */
export function failure(
  error: unknown,
  seconds: number = askTimeoutSeconds,
): { kind: "failed"; reason: string } {
  if (!(error instanceof Error)) return { kind: "failed", reason: String(error) };
  const timedOut = error.name === "TimeoutError" || error.name === "AbortError";
  return {
    kind: "failed",
    reason: timedOut ? `no answer within ${seconds} s` : error.message,
  };
}
