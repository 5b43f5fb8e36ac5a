/** Loads on both sides while something happens to them, and every pod that could have answered. */
import type { BySide, Side } from "../../result/bySide.ts";
import { measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { mapBySide, onBothSides } from "../sides.ts";
import type { Pod } from "../testbed/cluster.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { timing } from "../timing.ts";
import { ofSide, soFarOf, startBoth } from "./bothSides.ts";
import { ofService } from "./figures.ts";
import type { Load, Sample } from "../../traffic/load.ts";
import { unlessStill } from "./loaded.ts";
import type { Watched } from "./loaded.ts";

export interface Happening<T> {
  /** Ids are unique on one side. */
  readonly loads: (target: Target, side: Side) => readonly Load[];
  /**
   * Called once the loads of both sides have run for a moment. The loads end when it is done on both sides, or by themselves before.
   * @param soFar what this side's loads have met until now
   */
  readonly happen: (target: Target, side: Side, soFar: () => readonly Sample[]) => Promise<T>;
}

/** What happens takes so short that a client that stood still would say nothing about any of it. */
export async function underLoad<T>(
  testbed: Testbed,
  targets: BySide<Target>,
  happening: Happening<T>,
): Promise<BySide<Outcome<Watched<T>>>> {
  const loaded = await underLongLoad(testbed, targets, happening);
  return mapBySide(loaded, (one) => unlessStill(one.samples, one));
}

/** What happens takes so long that the client may stand still now and then. `figuresUnlessStill` says what was lost in a span. */
export async function underLongLoad<T>(
  testbed: Testbed,
  targets: BySide<Target>,
  { loads, happen }: Happening<T>,
): Promise<BySide<Outcome<Watched<T>>>> {
  const { clock, signal } = testbed;
  const nodeOfPod = { left: new Map<string, string>(), right: new Map<string, string>() };
  const lastListed = { left: new Map<string, number>(), right: new Map<string, number>() };
  const over = new AbortController();
  const watch = (side: Side): Promise<void> =>
    watchPods(
      testbed,
      targets[side],
      ({ name, node }) => {
        nodeOfPod[side].set(name, node);
        lastListed[side].set(name, clock.now());
      },
      over.signal,
    );
  const watching = Promise.all([watch("left"), watch("right")]);
  // Heard of below, unless something else fails first.
  watching.catch(() => undefined);
  try {
    const running = await startBoth(testbed, {
      left: loads(targets.left, "left"),
      right: loads(targets.right, "right"),
    });
    const happened = await clock
      .sleep(timing.leadSeconds)
      .then(() =>
        onBothSides(targets, signal, (target, side) => happen(target, side, soFarOf(running.samples, side))),
      )
      .finally(() => running.stop());
    const samples = await running.ended;
    const join = (side: Side): Outcome<Watched<T>> => {
      const outcome = happened[side];
      if (outcome.kind !== "measured") return outcome;
      return measured({
        happened: outcome.value,
        samples: ofService(ofSide(samples, side), nodeOfPod[side]),
        nodeOfPod: nodeOfPod[side],
        lastListed: lastListed[side],
      });
    };
    return { left: join("left"), right: join("right") };
  } finally {
    over.abort();
    await watching;
  }
}

/** For what happens to both sides at once, as a node's end does: the first call makes it happen. */
export function once<T>(happen: () => Promise<T>): () => Promise<T> {
  let happening: Promise<T> | undefined;
  return () => (happening ??= happen());
}

async function watchPods(
  { cluster, clock }: Testbed,
  target: Target,
  seen: (pod: Pod) => void,
  over: AbortSignal,
): Promise<void> {
  const look = async (): Promise<void> => {
    // The API may be down for a while.
    const pods = await cluster.pods(target).catch(() => []);
    pods.forEach(seen);
  };
  while (!over.aborted) {
    await look();
    await clock.sleep(timing.podWatchSeconds, over);
  }
  await look();
}
