/** The objects that exposures consist of, by identity: what a change adds, removes, replaces or leaves over. */
import type { Testbed } from "../testbed/testbed.ts";
import { eventually } from "../../eventually.ts";
import { timing } from "../timing.ts";

/** Identities by kind: the cloud's objects, and UIDs of Services. */
export type Objects = Readonly<Record<string, ReadonlySet<string>>>;

/** All there are. */
export async function objectsNow({ cloud, cluster }: Testbed): Promise<Objects> {
  const [objects, services] = await Promise.all([cloud.objects(), cluster.serviceUids()]);
  const sets = Object.entries(objects).map(([kind, identities]) => [kind, new Set(identities)] as const);
  return { ...Object.fromEntries(sets), Service: new Set(services) };
}

/**
 * The same once they stay what they are.
 * @param quietSeconds if nothing comes or goes for so long, every controller has acted on the change
 */
export async function settledObjects(testbed: Testbed, quietSeconds = 2): Promise<Objects> {
  let found = await objectsNow(testbed);
  await eventually(
    "objects that stay what they are",
    async () => {
      const before = found;
      await testbed.clock.sleep(quietSeconds);
      found = await objectsNow(testbed);
      return differenceOf(before, found) === nothing;
    },
    timing.controllerSeconds,
    testbed.clock,
  );
  return found;
}

export const nothing = "nothing";

/** @returns in words, by kind; `nothing` if they are the same */
export function differenceOf(before: Objects, after: Objects): string {
  const parts = Object.keys({ ...before, ...after }).flatMap((kind) => {
    const came = without(after[kind], before[kind]);
    const went = without(before[kind], after[kind]);
    const replaced = Math.min(came, went);
    return [
      ...count(kind, replaced, "replaced"),
      ...count(kind, came - replaced, "added"),
      ...count(kind, went - replaced, "removed"),
    ];
  });
  return parts.length === 0 ? nothing : parts.join(", ");
}

/** How many more objects there are than before. What was replaced does not count. */
export function leftOver(before: Objects, after: Objects): number {
  return Object.entries(after).reduce(
    (sum, [kind, { size }]) => sum + Math.max(0, size - (before[kind]?.size ?? 0)),
    0,
  );
}

function without(these: ReadonlySet<string> = new Set(), those: ReadonlySet<string> = new Set()): number {
  return [...these].filter((each) => !those.has(each)).length;
}

function count(kind: string, number: number, what: string): string[] {
  return number < 1 ? [] : [`${number} ${number === 1 ? kind : `${kind}s`} ${what}`];
}
