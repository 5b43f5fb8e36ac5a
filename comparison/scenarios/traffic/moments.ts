/** When something came last among samples: seconds since a moment, which is in milliseconds since the epoch. */
import type { Sample } from "../../traffic/load.ts";

/** When the last request was sent that was lost; 0 if none was. */
export function lastLossSeconds(samples: readonly Sample[], since: number): number {
  const sent = samples.flatMap(({ at, outcome }) => (outcome.kind === "lost" ? [at] : []));
  return Math.max(0, ...sent.map((at) => (at - since) / 1000));
}
