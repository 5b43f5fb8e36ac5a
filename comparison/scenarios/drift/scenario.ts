/** A listener, a target and a firewall rule are deleted without their owner's knowledge: who restores them, and when. */
import type { BySide, Side } from "../../result/bySide.ts";
import type { Member } from "../../clouds/operations.ts";
import { eventually } from "../../eventually.ts";
import { attempt } from "../outcome.ts";
import { repairs } from "../repair.ts";
import type { Means } from "../repair.ts";
import type { Scenario } from "../scenario.ts";
import { exclude, include } from "../testbed/exclusion.ts";
import { testbedHealthy } from "../testbed/health.ts";
import { nodeOfPod } from "../testbed/pods.ts";
import { sides } from "../testbed/testbed.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { touch } from "../testbed/touch.ts";
import type { ClusterNode } from "../testbed/cluster.ts";
import type { VariantName } from "../testbed/variants.ts";
import { timing } from "../timing.ts";
import type { NodeOfPod } from "../traffic/figures.ts";
import { loadOf } from "../traffic/loads.ts";
import { conclude, idOf, names, patienceSeconds, timelines } from "./conclude.ts";
import type { Broken, Measured } from "./conclude.ts";
import type { Name, Remedy } from "./expectations.ts";
import { takeListener, takeMember, takeOpening } from "./taken.ts";
import type { Take } from "./taken.ts";

/** Several times what a controller needs to act on a change of a Service. */
const serviceSeconds = 20;

interface Taken {
  readonly variant: VariantName;
  readonly take: Take;
}

/** Each from a different load balancer, so that they don't hide one another. */
const drifts: Readonly<Record<Name, Taken>> = {
  listener: { variant: "masqueraded", take: takeListener },
  target: { variant: "crossZone", take: takeMember },
  rule: { variant: "plain", take: takeOpening },
};

export const drift: Scenario<Measured> = {
  id: "drift",
  title: "Drift: an object is deleted by somebody else",
  question: "What restores a deleted listener, target or firewall rule, and when?",
  quick: false,
  needs: ["members by node", "member health", "firewall openings"],
  async measure(testbed) {
    const byName = (side: Side) =>
      Object.fromEntries(names.map((name) => [name, testbed.targets(drifts[name].variant)[side]])) as Targets;
    const targets = { left: byName("left"), right: byName("right") };
    const running = await testbed.startLoads(
      sides.flatMap((side) =>
        names.map((name) =>
          loadOf(targets[side][name], testbed.expectations.drift.asks, {
            id: idOf(side, name),
            perSecond: 5,
            seconds: 600,
          }),
        ),
      ),
    );
    try {
      const [left, right] = await Promise.all([
        attempt(() => takeAndRepair(testbed, targets.left, leftMeans(testbed)), testbed.signal),
        attempt(
          () => takeAndRepair(testbed, targets.right, rightMeans(testbed, targets.right)),
          testbed.signal,
        ),
      ]);
      return {
        broken: { left, right },
        samples: await running.stop(),
        nodeOfPod: await podsOf(testbed, targets),
      };
    } finally {
      await running.stop();
      await testbed.deploy(undefined, { refresh: true });
      await Promise.all(names.map((name) => touch(testbed, targets.right[name])));
      await leaveAndReturn(testbed, targets.right);
      await testbedHealthy(testbed);
    }
  },
  conclude,
  timelines,
};

type Targets = Readonly<Record<Name, Target>>;

/** Of all targets of a side, which have the same pods. */
async function podsOf({ cluster }: Testbed, targets: BySide<Targets>): Promise<NodeOfPod> {
  const found = await Promise.all(sides.map((side) => nodeOfPod(cluster, targets[side].target)));
  return new Map(found.flatMap((pods) => [...pods]));
}

interface Remedied extends Means {
  readonly name: Remedy;
}

async function takeAndRepair(testbed: Testbed, targets: Targets, means: readonly Means[]): Promise<Broken> {
  const { clock } = testbed;
  const at = clock.now();
  const taken = await Promise.all(
    names.map(async (name) => [name, await drifts[name].take(testbed, targets[name])] as const),
  );
  const isBack = Object.fromEntries(taken) as Record<Name, () => Promise<boolean>>;
  const from = clock.now() + (timing.propagationSeconds + timing.machineSeconds) * 1000;
  const wait = () => clock.sleep(patienceSeconds);
  const alone = await repairs(isBack, [{ name: "nobody", act: wait, graceSeconds: 0 }], clock);
  // What is sent last may still be tried, and answered, when somebody has restored it.
  const to = clock.now() - timing.requestTimeoutMilliseconds;
  const gone = names.filter((name) => alone[name].by !== "nobody");
  const owner = await repairs(Object.fromEntries(gone.map((name) => [name, isBack[name]])), means, clock);
  return { at, from, to, repairs: { ...alone, ...owner } };
}

/** What the program's owner can do. */
function leftMeans(testbed: Testbed): Remedied[] {
  return [
    { name: "pulumi up", act: () => testbed.deploy(), graceSeconds: 0 },
    { name: "pulumi up --refresh", act: () => testbed.deploy(undefined, { refresh: true }), graceSeconds: 0 },
  ];
}

/** What makes a controller look. */
function rightMeans(testbed: Testbed, targets: Targets): Remedied[] {
  return [
    {
      name: "a change of the Service",
      act: () => Promise.all(names.map((name) => touch(testbed, targets[name]))),
      graceSeconds: serviceSeconds,
    },
    {
      name: "a change of the nodes",
      act: () => leaveAndReturn(testbed, targets),
      graceSeconds: timing.controllerSeconds,
    },
  ];
}

/**
 * The node that is missing among the members leaves all load balancers of the controller, and returns. Another node goes with it: a controller hears of both in order, so once the other
 * one is no member any more, it has seen this load balancer without the missing one too. One that returns sooner may return unseen.
 */
async function leaveAndReturn(testbed: Testbed, { target }: Targets): Promise<void> {
  const { clock, cloud, cluster } = testbed;
  const isMember = (members: readonly Member[], { machine }: ClusterNode): boolean =>
    members.some((each) => each.machine === machine && each.state !== "draining");
  const [nodes, members] = await Promise.all([cluster.nodes(), cloud.members(target.address)]);
  const missing = nodes.filter((node) => !isMember(members, node));
  const witness = nodes.find((node) => isMember(members, node));
  if (missing.length === 0 || witness === undefined) return;
  const leaving = [...missing, witness];
  try {
    for (const { name } of leaving) await exclude(testbed, name);
    await eventually(
      `${target.way}: ${witness.name} is no target any more`,
      async () => !isMember(await cloud.members(target.address), witness),
      timing.controllerSeconds,
      clock,
    );
  } finally {
    for (const { name } of leaving) await include(testbed, name);
  }
}
