/** The objects that exposures consist of, by identity: what a change adds, removes, replaces or leaves over. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Testbed } from "../testbed/testbed.ts";
import { eventually } from "../eventually.ts";
import { timing } from "../timing.ts";

const kinds = ["load balancer", "listener", "target group", "rule", "Service"] as const;

/** ARNs of AWS's objects, ids of security-group rules, UIDs of Kubernetes' objects. */
export type Objects = Readonly<Record<(typeof kinds)[number], ReadonlySet<string>>>;

/** All there are. */
export async function objectsNow({ account, cluster }: Testbed): Promise<Objects> {
  const [{ loadBalancers, listeners, targetGroups, rules }, services] = await Promise.all([
    account.identities(),
    cluster.serviceUids(),
  ]);
  return {
    "load balancer": new Set(loadBalancers),
    listener: new Set(listeners),
    "target group": new Set(targetGroups),
    rule: new Set(rules),
    Service: new Set(services),
  };
}

/**
 * The same once they stay what they are.
 * @param quietSeconds so long nothing comes or goes any more when whoever acts on a change is through with it
 */
export async function settledObjects(testbed: Testbed, quietSeconds = 2): Promise<Objects> {
  let found = await objectsNow(testbed);
  await eventually(
    "objects that stay what they are",
    async () => {
      const before = found;
      await sleep(quietSeconds * 1000, undefined, { signal: testbed.signal });
      found = await objectsNow(testbed);
      return differenceOf(before, found) === nothing;
    },
    timing.controllerSeconds,
    testbed.signal,
  );
  return found;
}

export const nothing = "nothing";

/** @returns in words, by kind; `nothing` if they are the same */
export function differenceOf(before: Objects, after: Objects): string {
  const parts = kinds.flatMap((kind) => {
    const came = without(after[kind], before[kind]).length;
    const went = without(before[kind], after[kind]).length;
    const replaced = Math.min(came, went);
    return [
      ...count(kind, replaced, "replaced"),
      ...count(kind, came - replaced, "added"),
      ...count(kind, went - replaced, "removed"),
    ];
  });
  return parts.length === 0 ? nothing : parts.join(", ");
}

/** How many more there are than before, whatever was replaced. */
export function leftOver(before: Objects, after: Objects): number {
  return kinds.reduce((sum, kind) => sum + Math.max(0, after[kind].size - before[kind].size), 0);
}

function without(these: ReadonlySet<string>, those: ReadonlySet<string>): string[] {
  return [...these].filter((each) => !those.has(each));
}

function count(kind: string, number: number, what: string): string[] {
  return number < 1 ? [] : [`${number} ${number === 1 ? kind : `${kind}s`} ${what}`];
}
