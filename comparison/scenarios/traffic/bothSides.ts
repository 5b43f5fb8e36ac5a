/** Loads to both sides from one client: whatever slows requests to one side slows requests to the other. */
import type { BySide, Side } from "../../result/bySide.ts";
import type { Testbed } from "../testbed/testbed.ts";
import type { Load, RunningLoads, Sample } from "../../traffic/load.ts";

/** @param loads with ids that are unique on their side */
export function startBoth(
  { startLoads }: Pick<Testbed, "startLoads">,
  loads: BySide<readonly Load[]>,
): Promise<RunningLoads> {
  const named = (side: Side): Load[] => loads[side].map((load) => ({ ...load, id: `${side} ${load.id}` }));
  return startLoads([...named("left"), ...named("right")]);
}

/** One side's samples, under the names that its loads were given. */
export function ofSide(samples: readonly Sample[], side: Side): Sample[] {
  return samples
    .filter(({ load }) => load.startsWith(`${side} `))
    .map((sample) => ({ ...sample, load: sample.load.slice(side.length + 1) }));
}

/** The same of a list that grows: each call returns what came so far. */
export function soFarOf(samples: readonly Sample[], side: Side): () => readonly Sample[] {
  const own: Sample[] = [];
  let seen = 0;
  return () => {
    own.push(...ofSide(samples.slice(seen), side));
    seen = samples.length;
    return own;
  };
}

/** For loads that end by themselves. */
export async function sendToBoth(
  testbed: Pick<Testbed, "startLoads">,
  loads: BySide<readonly Load[]>,
): Promise<BySide<readonly Sample[]>> {
  const { ended } = await startBoth(testbed, loads);
  const samples = await ended;
  return { left: ofSide(samples, "left"), right: ofSide(samples, "right") };
}
