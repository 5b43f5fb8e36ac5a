/** What a roll-out loses if pods are members of the load balancer themselves, with and without a gate that makes them wait for it, and if nodes are. */
import type { BySide, Side } from "../../result/bySide.ts";
import { attempt } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import type { Scenario } from "../scenario.ts";
import { onBothSides } from "../sides.ts";
import { allHealthy, healthySeconds, testbedHealthy } from "../testbed/health.ts";
import { noneTerminating, rolledOut } from "../testbed/pods.ts";
import { podsHealthy } from "../testbed/podHealth.ts";
import { sides } from "../testbed/testbed.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { timing } from "../timing.ts";
import type { Load } from "../../traffic/load.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { loadOn } from "../traffic/loadOn.ts";
import { underLoad } from "../traffic/underLoad.ts";
import { byName, conclude, timelines } from "./conclude.ts";
import type { Measured, RolledOut } from "./conclude.ts";
import { zoneLoad } from "./zonal.ts";

const variant = "plain";

const perSecond = { name: 20, zone: 10 } as const;

type Both = BySide<Outcome<Loaded<RolledOut>>>;

export const podMembers: Scenario<Measured> = {
  id: "roll-out-of-targets",
  title: "The app is rolled out while its pods are the targets",
  question:
    "What does a roll-out lose when pods are targets, with and without readiness gates, and what when nodes are?",
  quick: false,
  needs: ["pod members", "zonal addresses", "member health"],
  async measure(testbed) {
    try {
      const nodes = await rollOutUnderLoad(testbed, (target) => allHealthy(testbed, [target]));
      const withPods = await attempt(async () => {
        await testbed.deploy({ variant, podMembers: true });
        const healthy = (target: Target) => podsHealthy(testbed, target);
        await onEachSide(testbed, healthy);
        const pods = await rollOutUnderLoad(testbed, healthy);
        // Only pods that are made from now on have a gate: those of the roll-out.
        await gate(testbed, true);
        return { pods, gated: await rollOutUnderLoad(testbed, healthy) };
      }, testbed.signal);
      return withPods.kind === "measured"
        ? { nodes, ...withPods.value }
        : { nodes, pods: bothOf(withPods), gated: bothOf(withPods) };
    } finally {
      await restore(testbed);
    }
  },
  conclude,
  timelines,
};

const bothOf = <T>(outcome: T): BySide<T> => ({ left: outcome, right: outcome });

/** No pod is left that has a gate of a load balancer that has gone. */
async function restore(testbed: Testbed): Promise<void> {
  await gate(testbed, false);
  await testbed.deploy();
  await onEachSide(testbed, async (target) => {
    await testbed.cluster.restart(target);
    await rolledOut(testbed, target);
    await noneTerminating(testbed, target);
  });
  await testbedHealthy(testbed);
}

async function onEachSide(testbed: Testbed, act: (target: Target) => Promise<void>): Promise<void> {
  const targets = testbed.targets(variant);
  await Promise.all(sides.map((side) => act(targets[side])));
}

async function gate(testbed: Testbed, isSet: boolean): Promise<void> {
  const { cluster, cloud } = testbed;
  const labels = Object.fromEntries(
    Object.entries(cloud.readinessGate).map(([label, value]) => [label, isSet ? value : null]),
  );
  const both = testbed.targets(variant);
  for (const side of sides) await cluster.labelNamespace(both[side].namespace, labels);
}

/** @param healthy resolves when a load balancer has all its members again */
async function rollOutUnderLoad(testbed: Testbed, healthy: (target: Target) => Promise<void>): Promise<Both> {
  const { cloud, signal } = testbed;
  const targets = testbed.targets(variant);
  const zones = await onBothSides(targets, signal, ({ address }) => cloud.zones(address));
  const seconds = rollOutSeconds(testbed) + timing.podSeconds + healthySeconds(testbed);
  const loads = ({ address, ports }: Target, side: Side): Load[] => {
    const load = (id: string, host: string, rate: number): Load =>
      loadOn(host, ports, { id, kind: "http", perSecond: rate, seconds });
    const found = zones[side].kind === "measured" ? zones[side].value : [];
    return [
      load(byName, address, perSecond.name),
      ...found.map((zone, index) => load(zoneLoad(index), zone.address, perSecond.zone)),
    ];
  };
  return underLoad(testbed, targets, {
    loads,
    happen: async (target) => {
      const rolled = await rollOut(testbed, target);
      await healthy(target);
      return rolled;
    },
  });
}

/** Resolves when the last former pod has ended. */
async function rollOut(testbed: Testbed, target: Target): Promise<RolledOut> {
  const { clock, cluster, report } = testbed;
  const before = new Set((await cluster.pods(target)).map(({ name }) => name));
  report("roll-out");
  const startedAt = clock.now();
  await cluster.restart(target);
  await rolledOut(testbed, target, rollOutSeconds(testbed));
  const rolledOutAt = clock.now();
  await noneTerminating(testbed, target);
  const after = await cluster.pods(target);
  return {
    startedAt,
    rolledOutAt,
    pods: before.size,
    replaced: after.filter(({ name }) => !before.has(name)).length,
  };
}

/** With the gate, each of three pods waits until its member is healthy. */
const rollOutSeconds = (testbed: Testbed): number =>
  timing.rollOutSeconds + 3 * (healthySeconds(testbed) + testbed.expectations.podMembers.lookSeconds);
