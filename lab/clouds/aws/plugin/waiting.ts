/** Waiting for AWS to finish what it accepted. */
import { setTimeout as sleep } from "node:timers/promises";

export interface Wait {
  /** Named in the error: what was waited for. */
  readonly subject: string;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

const firstPauseMs = 50;
const longestPauseMs = 5000;

/** Calls `attempt` with growing pauses until it returns a value. */
export async function until<Result>(
  { subject, timeoutSeconds, signal }: Wait,
  attempt: () => Promise<Result | undefined>,
): Promise<Result> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    const result = await attempt();
    if (result !== undefined) return result;
    if (performance.now() >= deadline)
      throw new Error(`timed out after ${String(timeoutSeconds)} s: ${subject}`);
    await sleep(pauseMs, undefined, { signal });
  }
}

/** Repeats a call for as long as AWS refuses it with the named error, because another object has not gone yet. */
export async function whileRefused(
  wait: Wait,
  errorName: string,
  call: () => Promise<unknown>,
): Promise<void> {
  let refusal = "";
  try {
    await until(wait, async () => {
      try {
        await call();
        return true;
      } catch (error) {
        if (!(error instanceof Error) || error.name !== errorName) throw error;
        refusal = error.message;
        return undefined;
      }
    });
  } catch (error) {
    if (refusal !== "" && error instanceof Error && error.message.startsWith("timed out"))
      throw new Error(`${error.message}: ${errorName}: ${refusal}`, { cause: error });
    throw error;
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
