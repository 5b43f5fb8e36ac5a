/** A node is added: who makes it a target, and when it gets its first request. */
import { attempt } from "../outcome.ts";
import { eventually } from "../../eventually.ts";
import type { Scenario } from "../scenario.ts";
import { testbedHealthy } from "../testbed/health.ts";
import type { VariantName } from "../testbed/variants.ts";
import { latestFirstRequestSeconds } from "../timing.ts";
import type { Sample } from "../../traffic/load.ts";
import { loadOf } from "../traffic/loads.ts";
import { once, underLoad } from "../traffic/underLoad.ts";
import { conclude, updateSeconds } from "./conclude.ts";
import type { Attached, Measured, NodeAdded } from "./conclude.ts";

/** Loads by their ids, and what each goes through: a load balancer that has each node attached, and one that has the nodes' group attached. */
const variants = { nodes: "plain", group: "masqueraded" } as const satisfies Readonly<
  Record<Attached, VariantName>
>;
const attached = ["nodes", "group"] as const;

export const nodeAdded: Scenario<Measured> = {
  id: "node-added",
  title: "A node is added",
  question: "What makes a new node a target, and how long after it is Ready does it get its first request?",
  quick: false,
  needs: ["members by node", "member health", "member groups", "new nodes"],
  async measure(testbed) {
    const { clock, cluster, faults, report } = testbed;
    const targets = testbed.targets(variants.nodes);
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
      await testbed.deploy();
    });
    try {
      return await underLoad(testbed, targets, {
        loads: (_, side) =>
          attached.map((id) => {
            const seconds = 2 * updateSeconds + 4 * most;
            return loadOf(testbed.targets(variants[id])[side], "http", { id, seconds });
          }),
        happen: async (target, side, soFar): Promise<NodeAdded> => {
          const { address, readyAt } = await add();
          const first = (way: Attached): number | undefined => firstThrough(address, way, soFar());
          const comes = (way: Attached, seconds: number): Promise<number> =>
            eventually(
              `${target.way}: a request through the new node`,
              () => first(way) !== undefined,
              seconds,
              clock,
            );
          const [nodes, group] = await Promise.all(
            attached.map((way) => attempt(() => comes(way, most), testbed.signal)),
          );
          if (side === "left" && nodes?.kind !== "measured") {
            await update();
            await comes("nodes", 2 * most);
          }
          const since = (way: Attached): number => Math.max(0, (first(way) ?? Number.NaN) - readyAt) / 1000;
          return {
            nodes: { byItself: nodes?.kind === "measured", firstRequestSeconds: since("nodes") },
            group: { byItself: group?.kind === "measured", firstRequestSeconds: since("group") },
          };
        },
      });
    } finally {
      if (joined !== undefined) await faults.removeNode(joined);
      await testbed.deploy();
      await testbedHealthy(testbed);
    }
  },
  conclude,
};

/**
 * When the first request was sent that came through the node, in milliseconds since the epoch. Under the policy Cluster a pod sees the address of the node that a
 * request came through.
 */
function firstThrough(address: string, way: Attached, samples: readonly Sample[]): number | undefined {
  const through = samples.filter(
    ({ load, outcome }) => load === way && outcome.kind === "answered" && outcome.clientAddress === address,
  );
  return through.length === 0 ? undefined : Math.min(...through.map(({ at }) => at));
}
