/** Answers of AWS that say that an object still exists, or no longer does. */
import { TimeoutError, until } from "../../../until.ts";
import { patience } from "./resource.ts";
import type { Context } from "./resource.ts";

/** Repeats a call as long as AWS refuses it with the named error, because another object still exists. */
export async function whileRefused(
  subject: string,
  timeoutSeconds: number,
  { signal }: Pick<Context, "signal">,
  errorName: string,
  call: () => Promise<unknown>,
): Promise<void> {
  let refusal = "";
  const attempt = async (): Promise<boolean> => {
    try {
      await call();
      return true;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== errorName) throw error;
      refusal = error.message;
      return false;
    }
  };
  try {
    await until(subject, attempt, timeoutSeconds * 1000, { ...patience, signal });
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    throw new TimeoutError(`${error.message}: ${errorName}: ${refusal}`, { cause: error });
  }
}

/** The result, or undefined if AWS answers with one of the named errors: the object is gone. */
export async function unlessGone<Result>(
  errorNames: readonly string[],
  call: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && errorNames.includes(error.name)) return undefined;
    throw error;
  }
}
