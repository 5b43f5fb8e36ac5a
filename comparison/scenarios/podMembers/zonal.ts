/** What clients meet that keep to the address of one zone, as those do that have looked up the name before. */
import { measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { figuresOf } from "../traffic/figures.ts";
import type { Figures } from "../traffic/figures.ts";
import type { Loaded } from "../traffic/loaded.ts";

const prefix = "zone ";

/** Of the load to a zone's address. @param index from 0 */
export const zoneLoad = (index: number): string => `${prefix}${index + 1}`;

/** Of the loads to all zones' addresses, with the longest gap at one of them. */
export function zonalFigures({
  samples,
  nodeOfPod,
}: Pick<Loaded<unknown>, "samples" | "nodeOfPod">): Outcome<Figures> {
  const zonal = samples.filter(({ load }) => load.startsWith(prefix));
  if (zonal.length === 0)
    return { kind: "unreachable", reason: "nothing was sent to a zone's address", again: true };
  const gaps = [...new Set(zonal.map(({ load }) => load))].map(
    (zone) =>
      figuresOf(
        zonal.filter(({ load }) => load === zone),
        nodeOfPod,
      ).longestGapSeconds,
  );
  return measured({ ...figuresOf(zonal, nodeOfPod), longestGapSeconds: Math.max(...gaps) });
}
