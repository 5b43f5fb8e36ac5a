/** 12. A listener, a target and a rule are taken away behind their owner's back: who brings them back, and when. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BySide } from "../../result/bySide.ts";
import type { Bed, Target } from "../testbed/bed.ts";
import { allHealthy } from "../testbed/health.ts";
import type { VariantName } from "../testbed/variants.ts";
import { driftFindings, idOf, names, patienceSeconds } from "../findings/drifted.ts";
import type { Broken, Name } from "../findings/drifted.ts";
import { loadOf } from "../traffic/loads.ts";
import { attempt } from "../outcome.ts";
import { repairs } from "../actions/repair.ts";
import type { Means } from "../actions/repair.ts";
import type { Scenario } from "../scenario.ts";
import { takeListener, takeRule, takeTarget } from "../actions/taken.ts";
import type { Take } from "../actions/taken.ts";
import { timing } from "../timing.ts";
import { touch } from "../actions/touch.ts";
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
  async run(bed) {
    const byName = (side: keyof BySide<unknown>) =>
      Object.fromEntries(names.map((name) => [name, bed.targets(drifts[name].variant)[side]])) as Targets;
    const targets = { left: byName("left"), right: byName("right") };
    const running = await bed.startLoads(
      (["left", "right"] as const).flatMap((side) =>
        names.map((name) =>
          loadOf(targets[side][name], "tcp", { id: idOf(side, name), perSecond: 5, seconds: 600 }),
        ),
      ),
    );
    try {
      const [left, right] = await Promise.all([
        attempt(() => takeAndRepair(bed, targets.left, leftMeans(bed)), bed.signal),
        attempt(() => takeAndRepair(bed, targets.right, rightMeans(bed, targets.right)), bed.signal),
      ]);
      const samples = await running.stop();
      return driftFindings({ left, right }, samples);
    } finally {
      await running.stop();
      await bed.deploy(undefined, { refresh: true });
      await Promise.all(names.map((name) => touch(bed, targets.right[name])));
      await allHealthy(bed, [...Object.values(targets.left), ...Object.values(targets.right)]);
    }
  },
};

type Targets = Readonly<Record<Name, Target>>;

async function takeAndRepair(bed: Bed, targets: Targets, means: readonly Means[]): Promise<Broken> {
  const taken = await Promise.all(
    names.map(async (name) => [name, await drifts[name].take(bed, targets[name])] as const),
  );
  const isBack = Object.fromEntries(taken) as Record<Name, () => Promise<boolean>>;
  const from = now() + (timing.propagationSeconds + timing.machineSeconds) * 1000;
  const wait = () => sleep(patienceSeconds * 1000, undefined, { signal: bed.signal });
  const alone = await repairs(isBack, [{ name: "nobody", act: wait, graceSeconds: 0 }], bed.signal);
  // What is sent last may still be tried, and answered, when somebody has brought it back.
  const to = now() - timing.requestTimeoutMilliseconds;
  const gone = names.filter((name) => alone[name].by !== "nobody");
  const owner = await repairs(
    Object.fromEntries(gone.map((name) => [name, isBack[name]])),
    means,
    bed.signal,
  );
  return { from, to, repairs: { ...alone, ...owner } };
}

/** What the program's owner can do. */
function leftMeans(bed: Bed): Means[] {
  return [
    { name: "pulumi up", act: () => bed.deploy(), graceSeconds: 0 },
    { name: "pulumi up --refresh", act: () => bed.deploy(undefined, { refresh: true }), graceSeconds: 0 },
  ];
}

/** What makes the cloud controller look. */
function rightMeans(bed: Bed, targets: Targets): Means[] {
  const act = () => Promise.all(names.map((name) => touch(bed, targets[name])));
  return [{ name: "a change of the Service", act, graceSeconds: timing.controllerSeconds }];
}
