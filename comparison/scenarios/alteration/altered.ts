/** Changes an exposure under load and changes it back: what its clients meet, and which objects are replaced or left over. */
import type { BySide, Side } from "../../result/bySide.ts";
import type { Testbed, Target } from "../testbed/testbed.ts";
import { allHealthy } from "../testbed/health.ts";
import type { VariantName } from "../testbed/variants.ts";
import { inTurn } from "./inTurn.ts";
import { loadOf } from "../traffic/loads.ts";
import { settledObjects } from "./objects.ts";
import type { Objects } from "./objects.ts";
import type { Outcome } from "../outcome.ts";
import { underLongLoad } from "../traffic/underLoad.ts";
import type { Loaded } from "../traffic/loaded.ts";

export interface Step {
  readonly make: (target: Target, side: Side) => Promise<void>;
  /** Resolves when the load balancer is what the change asks for, and its targets take traffic. */
  readonly settled: (target: Target, side: Side) => Promise<void>;
  /** What the scenario wants to know besides, in words. */
  readonly look?: (target: Target) => Promise<string>;
}

export interface Alteration {
  readonly variant: VariantName;
  readonly there: Step;
  readonly back: Step;
}

/** One step of one side, while the other side was left alone. */
export interface Stage {
  /** From the change until it was settled, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** All objects of the account and the cluster. */
  readonly before: Objects;
  readonly after: Objects;
  /** Address of the exposure afterwards. */
  readonly address: string;
  /** What `look` of its step found; empty without one. */
  readonly seen: string;
}

export interface Altered {
  /** Address before. */
  readonly address: string;
  readonly there: Stage;
  readonly back: Stage;
}

/** Longer than any of it takes: the loads are stopped when both sides are done. */
const seconds = 1800;

/**
 * One side after the other, so that whatever comes or goes meanwhile belongs to that side. Afterwards the testbed is as it was declared.
 * @param look finds all objects, once every controller has acted on a change
 */
export async function altered(
  testbed: Testbed,
  { variant, there, back }: Alteration,
  look: (testbed: Testbed) => Promise<Objects> = settledObjects,
): Promise<BySide<Outcome<Loaded<Altered>>>> {
  const targets = testbed.targets(variant);
  const turn = inTurn();
  let refresh = true;
  try {
    const loaded = await underLongLoad(testbed, targets, {
      loads: (target) => [
        loadOf(target, "http", { seconds }),
        loadOf(target, "http keep-alive", { seconds }),
      ],
      happen: (target, side) =>
        turn(async () => {
          const stage = (step: Step): Promise<Stage> =>
            take(testbed, step, {
              look: () => look(testbed),
              side,
              target: () => testbed.targets(variant)[side],
            });
          return { address: target.address, there: await stage(there), back: await stage(back) };
        }),
    });
    refresh = loaded.left.kind !== "measured" || loaded.right.kind !== "measured";
    return loaded;
  } finally {
    // After a failure Pulumi's state may not be what is there.
    await testbed.deploy(undefined, { refresh });
    const { left, right } = testbed.targets(variant);
    await allHealthy(testbed, [left, right]);
  }
}

interface Subject {
  readonly look: () => Promise<Objects>;
  readonly side: Side;
  /** As it is now: the step before may have given it another address. */
  readonly target: () => Target;
}

async function take({ clock }: Testbed, step: Step, { look, side, target }: Subject): Promise<Stage> {
  const before = await look();
  const from = clock.now();
  await step.make(target(), side);
  await step.settled(target(), side);
  const to = clock.now();
  const after = await look();
  const seen = (await step.look?.(target())) ?? "";
  return { from, to, before, after, address: target().address, seen };
}
