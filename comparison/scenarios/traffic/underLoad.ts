/** Loads on both sides while something happens to them, and every pod that could have answered. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BySide } from "../../result/bySide.ts";
import type { Testbed, Target } from "../testbed/testbed.ts";
import { measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { mapBySide, onBothSides } from "../sides.ts";
import { timing } from "../timing.ts";
import { ofSide, startBoth } from "./bothSides.ts";
import { ofService } from "./figures.ts";
import type { Load, Sample } from "./load.ts";
import { unlessStill } from "./loaded.ts";
import type { Loaded } from "./loaded.ts";

type Side = keyof BySide<unknown>;

export interface Happening<T> {
  /** Ids are unique on one side. */
  readonly loads: (target: Target, side: Side) => readonly Load[];
  /**
   * Called once the loads of both sides have run for a moment; they end when it is through on both sides, if not before by themselves.
   * @param soFar what this side's loads have met until now
   */
  readonly happen: (target: Target, soFar: () => readonly Sample[]) => Promise<T>;
}

export async function underLoad<T>(
  testbed: Testbed,
  targets: BySide<Target>,
  happening: Happening<T>,
): Promise<BySide<Outcome<Loaded<T>>>> {
  const loaded = await underLongLoad(testbed, targets, happening);
  return mapBySide(loaded, (one) => unlessStill(one.samples, one));
}

/** The same of what takes so long that the client may stand still now and then: what was lost in a span says `figuresUnlessStill`. */
export async function underLongLoad<T>(
  testbed: Testbed,
  targets: BySide<Target>,
  { loads, happen }: Happening<T>,
): Promise<BySide<Outcome<Loaded<T>>>> {
  const nodeOfPod = { left: new Map<string, string>(), right: new Map<string, string>() };
  const over = new AbortController();
  const watching = Promise.all([
    watchPods(testbed, targets.left, nodeOfPod.left, over.signal),
    watchPods(testbed, targets.right, nodeOfPod.right, over.signal),
  ]);
  try {
    const running = await startBoth(testbed, {
      left: loads(targets.left, "left"),
      right: loads(targets.right, "right"),
    });
    const happened = await sleep(timing.leadMilliseconds, undefined, { signal: testbed.signal })
      .then(() =>
        onBothSides(targets, testbed.signal, (target) => {
          const side = target === targets.left ? "left" : "right";
          return happen(target, () => ofSide(running.samples, side));
        }),
      )
      .finally(() => running.stop());
    const samples = await running.ended;
    const join = (side: Side): Outcome<Loaded<T>> => {
      const outcome = happened[side];
      if (outcome.kind !== "measured") return outcome;
      return measured({
        happened: outcome.value,
        samples: ofService(ofSide(samples, side), nodeOfPod[side]),
        nodeOfPod: nodeOfPod[side],
      });
    };
    return { left: join("left"), right: join("right") };
  } finally {
    over.abort();
    await watching;
  }
}

/** For what happens to both sides at once, as a node's end does: the first to call makes it happen. */
export function once<T>(happen: () => Promise<T>): () => Promise<T> {
  let happening: Promise<T> | undefined;
  return () => (happening ??= happen());
}

async function watchPods(
  { cluster }: Testbed,
  target: Target,
  seen: Map<string, string>,
  over: AbortSignal,
): Promise<void> {
  const look = async (): Promise<void> => {
    // The API may be down for a while.
    const pods = await cluster.pods(target).catch(() => []);
    for (const { name, node } of pods) seen.set(name, node);
  };
  while (!over.aborted) {
    await look();
    await sleep(timing.podWatchMilliseconds, undefined, { signal: over }).catch(() => undefined);
  }
  await look();
}
