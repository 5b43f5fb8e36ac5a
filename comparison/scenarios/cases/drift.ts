/** 12. A listener, a target and a rule are taken away behind their owner's back: who brings them back, and when. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BySide } from "../../probes/probes.ts";
import type { Bed, Target } from "../bed/bed.ts";
import { allHealthy } from "../bed/health.ts";
import type { VariantName } from "../bed/variants.ts";
import { isNumber } from "../findings/bounds.ts";
import { loadOf } from "../traffic/loads.ts";
import { attempt } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { repairs } from "../actions/repair.ts";
import type { Means, Repair } from "../actions/repair.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Finding, Scenario } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { takeListener, takeRule, takeTarget } from "../actions/taken.ts";
import type { Take } from "../actions/taken.ts";
import { timing } from "../timing.ts";
import { touch } from "../actions/touch.ts";
import { answeredPercent } from "../traffic/figures.ts";
import type { Figures, NodeOfPod } from "../traffic/figures.ts";
import { figure, figuresUnlessStill } from "../traffic/loaded.ts";
import { now } from "../traffic/sender.ts";

interface Drift {
  readonly variant: VariantName;
  readonly take: Take;
  /** Share of requests that are lost until it is back, in percent. */
  readonly lostPercent: number;
  /** Why. */
  readonly sentence: string;
  readonly source: string;
}

const guide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network";

/** Each from a load balancer of its own, so that they don't hide one another. */
const drifts = {
  listener: {
    variant: "masqueraded",
    take: takeListener,
    lostPercent: 100,
    sentence: "Traffic that no listener is for is dropped.",
    source: `${guide}/load-balancer-listeners.html`,
  },
  target: {
    variant: "crossZone",
    take: takeTarget,
    lostPercent: 0,
    sentence: "Across zones the other targets take what one took.",
    source: `${guide}/edit-target-group-attributes.html#deregistration-delay`,
  },
  rule: {
    variant: "plain",
    take: takeRule,
    lostPercent: 100,
    sentence:
      "Without a rule nobody reaches the nodes, and with the client's address kept that is the client.",
    source: `${guide}/target-group-register-targets.html#target-security-groups`,
  },
} as const satisfies Readonly<Record<string, Drift>>;

type Name = keyof typeof drifts;
const names = Object.keys(drifts) as Name[];

/**
 * Longer than the cloud controller takes between two looks at its own copy of all Services, 30 s: a look that finds nothing changed does nothing.
 * https://github.com/kubernetes/cloud-provider/blob/v0.35.0/controllers/service/controller.go
 */
const patienceSeconds = 35;

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
      sides.flatMap((side) =>
        names.map((name) =>
          loadOf(targets[side][name], "tcp", { id: `${side} ${name}`, perSecond: 5, seconds: 600 }),
        ),
      ),
    );
    try {
      const [left, right] = await Promise.all([
        attempt(() => takeAndRepair(bed, targets.left, leftMeans(bed)), bed.signal),
        attempt(() => takeAndRepair(bed, targets.right, rightMeans(bed, targets.right)), bed.signal),
      ]);
      const samples = await running.stop();
      // Nobody says who answered a connection that was only opened.
      const nodeOfPod: NodeOfPod = new Map();
      const broken = { left, right };
      const figures = (name: Name) =>
        mapBySide(broken, (span, side) =>
          figuresUnlessStill({ samples, nodeOfPod }, `${side} ${name}`, span),
        );
      return names.flatMap((name) => findings(name, broken, figures(name)));
    } finally {
      await running.stop();
      await bed.deploy(undefined, { refresh: true });
      await Promise.all(names.map((name) => touch(bed, targets.right[name])));
      await allHealthy(bed, [...Object.values(targets.left), ...Object.values(targets.right)]);
    }
  },
};

type Targets = Readonly<Record<Name, Target>>;
const sides = ["left", "right"] as const;

interface Broken {
  /** While nobody did anything, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly repairs: Readonly<Record<Name, Repair>>;
}

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

function findings(name: Name, broken: BySide<Outcome<Broken>>, figures: BySide<Outcome<Figures>>): Finding[] {
  const { lostPercent: expectedPercent, sentence, source }: Drift = drifts[name];
  const controller =
    "https://github.com/kubernetes/cloud-provider/blob/v0.35.0/controllers/service/controller.go";
  const pulumi = "https://www.pulumi.com/docs/iac/cli/commands/pulumi_refresh/";
  return [
    {
      title: `${name}: lost until it is back`,
      unit: "%",
      ...figure(figures, (of) => 100 - answeredPercent(of)),
      expected: bothAlike(sentence, source, (value) => value === expectedPercent),
    },
    {
      title: `${name}: brought back by`,
      unit: "",
      ...bySide(broken, ({ repairs: of }) => of[name].by),
      expected: differing(
        `Nobody does it by himself within ${patienceSeconds} s. Pulumi believes its state unless it is told to look; the cloud controller acts on a change of the Service or the nodes only.`,
        pulumi,
        {
          left: (value) => value === "pulumi up --refresh",
          right: (value) => value === "a change of the Service",
        },
      ),
    },
    {
      title: `${name}: until it is back`,
      unit: "s",
      ...bySide(broken, ({ repairs: of }) => of[name].seconds),
      expected: differing(
        "An update takes as long as it takes Pulumi to look at every resource; the cloud controller looks at one Service.",
        controller,
        {
          left: isNumber((value) => value > 0 && value <= 2 * timing.updateSeconds),
          right: isNumber((value) => value <= timing.controllerSeconds),
        },
      ),
    },
  ];
}
