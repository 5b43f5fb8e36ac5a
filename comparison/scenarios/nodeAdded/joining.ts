/** A node joins while requests go through load balancers that have their nodes in several ways: when does each use it? */
import { attempt } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { eventually } from "../../eventually.ts";
import type { BySide } from "../../result/bySide.ts";
import { testbedHealthy } from "../testbed/health.ts";
import type { Testbed } from "../testbed/testbed.ts";
import type { Change, VariantName } from "../testbed/variants.ts";
import { latestFirstRequestSeconds } from "../timing.ts";
import type { Sample } from "../../traffic/load.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { loadOf } from "../traffic/loads.ts";
import { once, underLoad } from "../traffic/underLoad.ts";
import { updateSeconds } from "./conclude.ts";
import type { FirstRequest } from "./conclude.ts";

interface Joining<Way extends string> {
  /** What is declared of the testbed meanwhile. @default what it always declares */
  readonly change?: Change;
  /** The way in which the program's load balancer gets the node only by an update. @default none */
  readonly byUpdate?: Way;
}

/** @param variants by the ways that they have their nodes, which are also the ids of the loads */
export async function whileNodeJoins<Way extends string>(
  testbed: Testbed,
  variants: Readonly<Record<Way, VariantName>>,
  { change, byUpdate }: Joining<NoInfer<Way>>,
): Promise<BySide<Outcome<Loaded<Readonly<Record<Way, FirstRequest>>>>>> {
  const { clock, cluster, faults, report } = testbed;
  const ways = Object.keys(variants) as [Way, ...Way[]];
  const [first] = ways;
  const most = latestFirstRequestSeconds(testbed);
  let joined: string | undefined;
  const add = once(async () => {
    report("a node joins");
    const { name } = await faults.addNode();
    joined = name;
    const readyAt = clock.now();
    const node = (await cluster.nodes()).find((one) => one.name === name);
    if (node === undefined) throw new Error(`${name} is Ready and not in the cluster`);
    return { ...node, readyAt };
  });
  // Once both sides have been watched without any help: an update changes both.
  const update = once(async () => {
    report("pulumi up");
    await testbed.deploy(change);
  });
  try {
    if (change !== undefined) {
      await testbed.deploy(change);
      await testbedHealthy(testbed);
    }
    return await underLoad(testbed, testbed.targets(variants[first]), {
      loads: (_, side) =>
        ways.map((id) => {
          const seconds = 2 * updateSeconds + 4 * most;
          return loadOf(testbed.targets(variants[id])[side], "http", { id, seconds });
        }),
      happen: async (target, side, soFar) => {
        const { address, readyAt } = await add();
        const first = (way: Way): number | undefined => firstThrough(address, way, soFar());
        const comes = (way: Way, seconds: number): Promise<number> =>
          eventually(
            `${target.way}: a request through the new node`,
            () => first(way) !== undefined,
            seconds,
            clock,
          );
        const byItself = new Set<Way>();
        await Promise.all(
          ways.map(async (way) => {
            const came = await attempt(() => comes(way, most), testbed.signal);
            if (came.kind === "measured") byItself.add(way);
          }),
        );
        if (side === "left" && byUpdate !== undefined && !byItself.has(byUpdate)) {
          await update();
          await comes(byUpdate, 2 * most);
        }
        const since = (way: Way): number => Math.max(0, (first(way) ?? Number.NaN) - readyAt) / 1000;
        return Object.fromEntries(
          ways.map((way) => [way, { byItself: byItself.has(way), firstRequestSeconds: since(way) }]),
        ) as Record<Way, FirstRequest>;
      },
    });
  } finally {
    if (joined !== undefined) await faults.removeNode(joined);
    await testbed.deploy();
    await testbedHealthy(testbed);
  }
}

/**
 * When the first request was sent that came through the node, in milliseconds since the epoch. Under the policy Cluster a pod sees the address of the node that a
 * request came through.
 */
function firstThrough(address: string, way: string, samples: readonly Sample[]): number | undefined {
  const through = samples.filter(
    ({ load, outcome }) => load === way && outcome.kind === "answered" && outcome.clientAddress === address,
  );
  return through.length === 0 ? undefined : Math.min(...through.map(({ at }) => at));
}
