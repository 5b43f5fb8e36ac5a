/** 12. A listener, a target and a rule are taken away behind their owner's back: who brings them back, and when. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BySide } from "../../result/bySide.ts";
import type { Testbed, Target } from "../testbed/testbed.ts";
import { allHealthy } from "../testbed/health.ts";
import type { VariantName } from "../testbed/variants.ts";
import { driftFindings, idOf, names, patienceSeconds } from "./conclude.ts";
import type { Broken, Name } from "./conclude.ts";
import { loadOf } from "../traffic/loads.ts";
import { attempt } from "../outcome.ts";
import { repairs } from "../repair.ts";
import type { Means } from "../repair.ts";
import type { Scenario } from "../scenario.ts";
import { takeListener, takeRule, takeTarget } from "./taken.ts";
import type { Take } from "./taken.ts";
import { timing } from "../timing.ts";
import { touch } from "../testbed/touch.ts";
import { now } from "../traffic/sender.ts";

interface Taken {
  readonly variant: VariantName;
  readonly take: Take;
}

/** Each from a load balancer of its own, so that they don't hide one another. */
const drifts: Readonly<Record<Name, Taken>> = {
  listener: { variant: "masqueraded", take: takeListener },
  target: { variant: "crossZone", take: takeTarget },
  rule: { variant: "plain", take: takeRule },
};

export const drift: Scenario = {
  id: "drift",
  title: "Drift: taken away behind the owner's back",
  question: "Who brings back a listener, a target or a firewall rule that somebody deleted, and when?",
  quick: false,
  async run(testbed) {
    const byName = (side: keyof BySide<unknown>) =>
      Object.fromEntries(names.map((name) => [name, testbed.targets(drifts[name].variant)[side]])) as Targets;
    const targets = { left: byName("left"), right: byName("right") };
    const running = await testbed.startLoads(
      (["left", "right"] as const).flatMap((side) =>
        names.map((name) =>
          loadOf(targets[side][name], "tcp", { id: idOf(side, name), perSecond: 5, seconds: 600 }),
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
      const samples = await running.stop();
      return driftFindings({ left, right }, samples);
    } finally {
      await running.stop();
      await testbed.deploy(undefined, { refresh: true });
      await Promise.all(names.map((name) => touch(testbed, targets.right[name])));
      await allHealthy(testbed, [...Object.values(targets.left), ...Object.values(targets.right)]);
    }
  },
};

type Targets = Readonly<Record<Name, Target>>;

async function takeAndRepair(testbed: Testbed, targets: Targets, means: readonly Means[]): Promise<Broken> {
  const taken = await Promise.all(
    names.map(async (name) => [name, await drifts[name].take(testbed, targets[name])] as const),
  );
  const isBack = Object.fromEntries(taken) as Record<Name, () => Promise<boolean>>;
  const from = now() + (timing.propagationSeconds + timing.machineSeconds) * 1000;
  const wait = () => sleep(patienceSeconds * 1000, undefined, { signal: testbed.signal });
  const alone = await repairs(isBack, [{ name: "nobody", act: wait, graceSeconds: 0 }], testbed.signal);
  // What is sent last may still be tried, and answered, when somebody has brought it back.
  const to = now() - timing.requestTimeoutMilliseconds;
  const gone = names.filter((name) => alone[name].by !== "nobody");
  const owner = await repairs(
    Object.fromEntries(gone.map((name) => [name, isBack[name]])),
    means,
    testbed.signal,
  );
  return { from, to, repairs: { ...alone, ...owner } };
}

/** What the program's owner can do. */
function leftMeans(testbed: Testbed): Means[] {
  return [
    { name: "pulumi up", act: () => testbed.deploy(), graceSeconds: 0 },
    { name: "pulumi up --refresh", act: () => testbed.deploy(undefined, { refresh: true }), graceSeconds: 0 },
  ];
}

/** What makes the cloud controller look. */
function rightMeans(testbed: Testbed, targets: Targets): Means[] {
  const act = () => Promise.all(names.map((name) => touch(testbed, targets[name])));
  return [{ name: "a change of the Service", act, graceSeconds: timing.controllerSeconds }];
}
