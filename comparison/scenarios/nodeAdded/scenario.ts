/** 9. A node is added: who makes it a target, and when it gets its first request. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Testbed } from "../testbed/testbed.ts";
import { testbedHealthy } from "../testbed/health.ts";
import type { VariantName } from "../testbed/variants.ts";
import { eventually } from "../eventually.ts";
import { loadOf } from "../traffic/loads.ts";
import { addedNodeFindings, updateSeconds } from "./conclude.ts";
import type { Attached, NodeAdded } from "./conclude.ts";
import type { Scenario } from "../scenario.ts";
import { latestFirstRequestSeconds } from "../timing.ts";
import type { Sample } from "../traffic/load.ts";
import { now } from "../traffic/sender.ts";
import { once, underLoad } from "../traffic/underLoad.ts";

/** Loads by their ids, and what each goes through: a load balancer of one's own that has each node attached, and one that has their group attached. */
const variants = { nodes: "plain", group: "masqueraded" } as const satisfies Readonly<
  Record<Attached, VariantName>
>;
const attached = ["nodes", "group"] as const;

export const nodeAdded: Scenario = {
  id: "node-added",
  title: "A node is added",
  question: "Who makes a new node a target, and how long after it is Ready does it get its first request?",
  quick: false,
  async run(testbed) {
    const targets = testbed.targets(variants.nodes);
    const most = latestFirstRequestSeconds(testbed.timeScale);
    let joined: string | undefined;
    const add = once(async () => {
      testbed.report("a node joins");
      const { name } = await testbed.faults.addNode();
      joined = name;
      const readyAt = now();
      const node = (await testbed.cluster.nodes()).find((one) => one.name === name);
      if (node === undefined) throw new Error(`${name} is Ready and not in the cluster`);
      return { ...node, readyAt };
    });
    // Once both sides have been looked at without anybody's help: an update is one of both.
    const update = once(async () => {
      testbed.report("pulumi up");
      await testbed.deploy();
    });
    try {
      const loaded = await underLoad(testbed, targets, {
        loads: (_, side) =>
          attached.map((id) => {
            const seconds = 2 * updateSeconds + 4 * most;
            return loadOf(testbed.targets(variants[id])[side], "http", { id, seconds });
          }),
        happen: async (target, soFar): Promise<NodeAdded> => {
          const { address, readyAt } = await add();
          const first = (way: Attached): number | undefined => firstThrough(address, way, soFar());
          const [nodes, group] = await Promise.all(
            attached.map((way) => comes(testbed, most, () => first(way) !== undefined)),
          );
          if (target === targets.left && nodes === false) {
            await update();
            await eventually(
              `${target.way}: a request through the new node`,
              () => Promise.resolve(first("nodes") !== undefined),
              2 * most,
              testbed.signal,
            );
          }
          const since = (way: Attached): number => Math.max(0, (first(way) ?? Number.NaN) - readyAt) / 1000;
          return {
            nodes: { byItself: nodes === true, firstRequestSeconds: since("nodes") },
            group: { byItself: group === true, firstRequestSeconds: since("group") },
          };
        },
      });
      return addedNodeFindings(loaded, most);
    } finally {
      if (joined !== undefined) await testbed.faults.removeNode(joined);
      await testbed.deploy();
      await testbedHealthy(testbed);
    }
  },
};

/** @returns whether it came in time */
async function comes({ signal }: Testbed, seconds: number, check: () => boolean): Promise<boolean> {
  const end = now() + seconds * 1000;
  while (!check() && now() < end) await sleep(100, undefined, { signal });
  return check();
}

/**
 * When the first request was sent that came through the node, in milliseconds since the epoch. Under the policy Cluster a pod takes the node that a request came through
 * for the client.
 */
function firstThrough(address: string, way: Attached, samples: readonly Sample[]): number | undefined {
  const through = samples.filter(
    ({ load, outcome }) => load === way && outcome.kind === "answered" && outcome.clientAddress === address,
  );
  return through.length === 0 ? undefined : Math.min(...through.map(({ at }) => at));
}
