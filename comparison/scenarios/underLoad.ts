/** Loads on both sides while something happens to them, and every pod that could have answered. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BySide } from "../probes/probes.ts";
import type { Bed, Target } from "./bed/bed.ts";
import { measured } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { onBothSides } from "./sides.ts";
import { StoodStill } from "./stoodStill.ts";
import { timing } from "./timing.ts";
import { ofSide, startBoth } from "./traffic/bothSides.ts";
import { figuresOf, longestPauseSeconds } from "./traffic/figures.ts";
import type { Figures } from "./traffic/figures.ts";
import type { Load, Sample } from "./traffic/load.ts";

type Side = keyof BySide<unknown>;

/** What happened on one side, and what its loads met before, meanwhile and after. */
export interface Loaded<T> {
  readonly happened: T;
  readonly samples: readonly Sample[];
  /** Every pod that the Service has had, with its node. */
  readonly nodeOfPod: ReadonlyMap<string, string>;
}

export interface Happening<T> {
  /** Ids are unique on one side. */
  readonly loads: (target: Target, side: Side) => readonly Load[];
  /**
   * Called once the loads of both sides have run for a moment; they end when it is through on both sides, if not before by themselves.
   * @param soFar what this side's loads have met until now
   */
  readonly happen: (target: Target, soFar: () => readonly Sample[]) => Promise<T>;
}

/** @throws {StoodStill} if the client did */
export async function underLoad<T>(
  bed: Bed,
  targets: BySide<Target>,
  { loads, happen }: Happening<T>,
): Promise<BySide<Outcome<Loaded<T>>>> {
  const nodeOfPod = { left: new Map<string, string>(), right: new Map<string, string>() };
  const over = new AbortController();
  const watching = Promise.all([
    watchPods(bed, targets.left, nodeOfPod.left, over.signal),
    watchPods(bed, targets.right, nodeOfPod.right, over.signal),
  ]);
  try {
    const running = await startBoth(bed, {
      left: loads(targets.left, "left"),
      right: loads(targets.right, "right"),
    });
    const happened = await sleep(timing.leadMilliseconds, undefined, { signal: bed.signal })
      .then(() =>
        onBothSides(targets, bed.signal, (target) => {
          const side = target === targets.left ? "left" : "right";
          return happen(target, () => ofSide(running.samples, side));
        }),
      )
      .finally(() => running.stop());
    const samples = await running.ended;
    const pause = longestPauseSeconds(samples);
    if (pause > timing.longestPauseSeconds) throw new StoodStill(pause);
    const join = (side: Side): Outcome<Loaded<T>> => {
      const outcome = happened[side];
      if (outcome.kind !== "measured") return outcome;
      return measured({
        happened: outcome.value,
        samples: ofSide(samples, side),
        nodeOfPod: nodeOfPod[side],
      });
    };
    return { left: join("left"), right: join("right") };
  } finally {
    over.abort();
    await watching;
  }
}

/** When samples were sent, in milliseconds since the epoch: from the one, before the other. */
export interface Span {
  readonly from?: number;
  readonly to?: number;
}

/** What one load met: all of it, or what it sent in a span. */
export function samplesOf(
  { samples }: Pick<Loaded<unknown>, "samples">,
  load: string,
  { from = -Infinity, to = Infinity }: Span = {},
): Sample[] {
  return samples.filter(({ load: of, at }) => of === load && at >= from && at < to);
}

export function figuresFor(loaded: Omit<Loaded<unknown>, "happened">, load: string, span?: Span): Figures {
  return figuresOf(samplesOf(loaded, load, span), loaded.nodeOfPod);
}

/** For what happens to both sides at once, as a node's end does: the first to call makes it happen. */
export function once<T>(happen: () => Promise<T>): () => Promise<T> {
  let happening: Promise<T> | undefined;
  return () => (happening ??= happen());
}

async function watchPods(
  { cluster }: Bed,
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
