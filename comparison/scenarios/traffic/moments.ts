/** Last moments among samples. */
import type { Sample } from "../../traffic/load.ts";

/** When the last lost request was sent: seconds since `since`, which is in milliseconds since the epoch; 0 if none was lost. */
export function lastLossSeconds(samples: readonly Sample[], since: number): number {
  const sent = samples.flatMap(({ at, outcome }) => (outcome.kind === "lost" ? [at] : []));
  return Math.max(0, ...sent.map((at) => (at - since) / 1000));
}
