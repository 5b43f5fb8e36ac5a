/** 7. A node is lost without a word: until when new connections fail, and what becomes of those that were on it. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BySide } from "../../result/bySide.ts";
import type { Testbed, Target } from "../testbed/testbed.ts";
import type { ClusterNode } from "../testbed/cluster.ts";
import { allHealthy, testbedHealthy } from "../testbed/health.ts";
import { zonesOutOfDns } from "../testbed/zones.ts";
import { eventually } from "../eventually.ts";
import { loadOf } from "../traffic/loads.ts";
import { lastingConnections, lostNodeFindings, nodeMonitorSeconds } from "./conclude.ts";
import type { LostNode } from "./conclude.ts";
import type { Scenario } from "../scenario.ts";
import { timing } from "../timing.ts";
import type { Load } from "../traffic/load.ts";
import { loadOn } from "../traffic/loadOn.ts";
import { now } from "../traffic/sender.ts";
import { once, underLoad } from "../traffic/underLoad.ts";

/** How long it is looked at after all has been found out. */
const afterSeconds = 5;

export const nodeLost: Scenario = {
  id: "node-lost",
  title: "A node is lost without a word",
  question:
    "For how long do new connections fail when a node falls silent, and what becomes of the connections on it?",
  quick: false,
  async run(testbed) {
    const nodes = (await testbed.cluster.nodes()).filter(({ ready }) => ready);
    const victim = nodes.at(-1);
    if (victim === undefined || nodes.length < 2) throw new Error("there are not two nodes that are ready");
    const seconds = 60 + nodeMonitorSeconds + 4 * timing.endpointSeconds + timing.podSeconds;
    const loads = (side: keyof BySide<unknown>): Load[] => {
      const [plain, local] = [testbed.targets("plain")[side], testbed.targets("local")[side]];
      return [
        loadOf(plain, "http", { id: "cluster", seconds }),
        loadOf(local, "http", { id: "local", seconds }),
        loadOf(local, "http keep-alive", { id: "lasting", seconds, connections: lastingConnections }),
        loadOn(victim.address, plain.nodePorts, { id: "node", kind: "http", perSecond: 5, seconds }),
      ];
    };
    try {
      const happen = once(() => loseNode(testbed, victim));
      const loaded = await underLoad(testbed, testbed.targets("local"), {
        loads: (_target, side) => loads(side),
        happen,
      });
      return lostNodeFindings(loaded, testbed.timeScale);
    } finally {
      await testbedHealthy(testbed);
    }
  },
};

async function loseNode(testbed: Testbed, victim: ClusterNode): Promise<LostNode> {
  const { account, cluster, faults, signal, report } = testbed;
  const { left, right } = testbed.targets("local");
  const at = now();
  try {
    report(`${victim.name} is cut off`);
    await faults.cut(victim.name);
    const detected = async ({ hostname, way }: Target): Promise<number> => {
      await eventually(
        `${way}: the lost node is unhealthy`,
        async () =>
          (await account.targets(hostname)).some(
            ({ id, state }) => id === victim.instanceId && state === "unhealthy",
          ),
        timing.podSeconds,
        signal,
      );
      return now();
    };
    const [leftAt, rightAt] = await Promise.all([detected(left), detected(right)]);
    const detectedAt = { left: leftAt, right: rightAt };
    report("waiting until Kubernetes gives it up");
    await eventually(
      "the lost node's pods are not ready",
      async () => {
        const pods = await Promise.all([left, right].map((target) => cluster.pods(target)));
        return pods.flat().every(({ node, ready }) => node !== victim.name || !ready);
      },
      2 * nodeMonitorSeconds,
      signal,
    );
    await sleep((timing.endpointSeconds + afterSeconds) * 1000, undefined, { signal });
    const outOfDns = {
      left: await zonesOutOfDns(testbed, left.hostname),
      right: await zonesOutOfDns(testbed, right.hostname),
    };
    const until = now();
    // What was sent until now has met its fate before the node is back.
    await sleep(timing.requestTimeoutMilliseconds, undefined, { signal });
    return { at, detectedAt, until, outOfDns };
  } finally {
    await faults.mend(victim.name);
    await allHealthy(testbed, [left, right]);
  }
}
