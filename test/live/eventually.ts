import { until } from "../../lab/until.ts";

/**
 * Repeats an attempt until it returns something other than undefined and false.
 * @returns what the attempt returned
 * @throws naming what did not become true
 */
export function eventually<Result>(
  what: string,
  attempt: () => Result | Promise<Result>,
  timeoutMs = 20_000,
): ReturnType<typeof until<Result>> {
  return until(what, attempt, timeoutMs, { pauseMs: 50, longestPauseMs: 250 });
}
