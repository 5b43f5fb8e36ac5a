/** A node falls silent: until when new connections fail, and what becomes of the connections on it. */
import type { Side } from "../../result/bySide.ts";
import { eventually } from "../../eventually.ts";
import type { Scenario } from "../scenario.ts";
import type { ClusterNode } from "../testbed/cluster.ts";
import { allHealthy, testbedHealthy } from "../testbed/health.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { zonesOutOfDns } from "../testbed/zones.ts";
import { timing } from "../timing.ts";
import type { Load } from "../../traffic/load.ts";
import { loadOn } from "../traffic/loadOn.ts";
import { loadOf } from "../traffic/loads.ts";
import { once, underLoad } from "../traffic/underLoad.ts";
import { conclude, lastingConnections, nodeMonitorSeconds, timelines } from "./conclude.ts";
import type { LostNode, Measured } from "./conclude.ts";

/** How long it is watched after all has been found out. */
const afterSeconds = 5;

export const nodeLost: Scenario<Measured> = {
  id: "node-lost",
  title: "A node is cut off",
  question:
    "How long do new connections fail when a node is cut off, and what happens to its open connections?",
  quick: false,
  needs: ["members by node", "member health", "node faults"],
  async measure(testbed) {
    const nodes = (await testbed.cluster.nodes()).filter(({ ready }) => ready);
    const victim = nodes.at(-1);
    if (victim === undefined || nodes.length < 2) throw new Error("there are not two nodes that are ready");
    const seconds = 60 + nodeMonitorSeconds + 4 * timing.endpointSeconds + timing.podSeconds;
    const loads = (side: Side): Load[] => {
      const [plain, local] = [testbed.targets("plain")[side], testbed.targets("local")[side]];
      return [
        loadOf(plain, "http", { id: "cluster", seconds }),
        loadOf(local, "http", { id: "local", seconds }),
        loadOf(local, "http keep-alive", { id: "lasting", seconds, connections: lastingConnections }),
        loadOn(victim.address, plain.nodePorts, { id: "node", kind: "http", perSecond: 5, seconds }),
      ];
    };
    try {
      return await underLoad(testbed, testbed.targets("local"), {
        loads: (_target, side) => loads(side),
        happen: once(() => loseNode(testbed, victim)),
      });
    } finally {
      await testbedHealthy(testbed);
    }
  },
  conclude,
  timelines,
};

async function loseNode(testbed: Testbed, victim: ClusterNode): Promise<LostNode> {
  const { clock, cloud, cluster, faults, report } = testbed;
  const { left, right } = testbed.targets("local");
  const at = clock.now();
  try {
    report(`${victim.name} is cut off`);
    await faults.cut(victim.name);
    const detected = async ({ address, way }: Target): Promise<number> => {
      await eventually(
        `${way}: the lost node is unhealthy`,
        async () =>
          (await cloud.members(address)).some(
            ({ machine, state }) => machine === victim.machine && state === "unhealthy",
          ),
        timing.podSeconds,
        clock,
      );
      return clock.now();
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
      clock,
    );
    const notReadyAt = clock.now();
    await clock.sleep(timing.endpointSeconds + afterSeconds);
    const isInDns = testbed.expectations.nodeLost.dns !== undefined;
    const outOfDns = {
      left: isInDns ? await zonesOutOfDns(testbed, left.address) : 0,
      right: isInDns ? await zonesOutOfDns(testbed, right.address) : 0,
    };
    const until = clock.now();
    // Requests sent until now have their outcome before the node is back.
    await clock.sleep(timing.requestTimeoutMilliseconds / 1000);
    return { at, detectedAt, notReadyAt, until, outOfDns };
  } finally {
    await faults.mend(victim.name);
    await allHealthy(testbed, [left, right]);
  }
}
