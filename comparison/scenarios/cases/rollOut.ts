/** 5. The app is rolled out several times: what clients notice of it, with either traffic policy. */
import type { BySide } from "../../probes/probes.ts";
import type { Bed, Target } from "../bed/bed.ts";
import { bedHealthy } from "../bed/health.ts";
import { atLeast } from "../findings/bounds.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding, Scenario } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { answeredPercent } from "../traffic/figures.ts";
import type { Load } from "../traffic/load.ts";
import { loadOn } from "../traffic/loadOn.ts";
import { figureOf } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { underLoad } from "../traffic/underLoad.ts";

const rollOuts = 5;

/** The share of requests that has to be answered, in percent. */
const goal = 99;

/** What is sent to either side; together with the first two, 100 requests a second go to the exposure as it is by default. */
const sent = [
  { policy: "Cluster", kind: "http", variant: "plain", perSecond: 50, title: "new connections" },
  { policy: "Cluster", kind: "http keep-alive", variant: "plain", perSecond: 50, title: "keep-alive" },
  { policy: "Local", kind: "http", variant: "local", perSecond: 10, title: "new connections" },
  { policy: "Local", kind: "http keep-alive", variant: "local", perSecond: 10, title: "keep-alive" },
] as const;

const seconds = rollOuts * timing.rollOutSeconds + timing.podSeconds;

const lifecycle = "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow";
const rolling =
  "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment";

export const rollOut: Scenario = {
  id: "roll-out",
  title: "The app is rolled out",
  question: `Do clients notice ${rollOuts} roll-outs of the app, one right after the other?`,
  quick: false,
  async run(bed) {
    const loads = (side: keyof BySide<unknown>): Load[] =>
      sent.map(({ kind, variant, perSecond, policy }) => {
        const { hostname, ports } = bed.targets(variant)[side];
        const id = idOf({ policy, kind });
        // So many connections that a request does not wait for the one before it, though that take a second.
        return loadOn(hostname, ports, { id, kind, perSecond, seconds, connections: perSecond });
      });
    try {
      const loaded = await underLoad(bed, bed.targets("plain"), {
        loads: (_target, side) => loads(side),
        happen: (target) => rollOutAll(bed, target),
      });
      return findings(loaded);
    } finally {
      await bedHealthy(bed);
    }
  },
};

const idOf = ({ policy, kind }: Pick<(typeof sent)[number], "policy" | "kind">): string =>
  `${kind}, ${policy}`;

/** Resolves when the last pod of a former revision has ended. @returns how often each pod has been replaced */
async function rollOutAll({ cluster, signal, report }: Bed, target: Target): Promise<number> {
  const made = new Set<string>();
  const before = await cluster.pods(target);
  for (let count = 1; count <= rollOuts; count += 1) {
    report(`roll-out ${count} of ${rollOuts}`);
    await cluster.restart(target);
    await cluster.rolledOut(target, timing.rollOutSeconds, signal);
    for (const { name, terminating } of await cluster.pods(target)) if (!terminating) made.add(name);
  }
  await cluster.noneTerminating(target, timing.podSeconds, signal);
  for (const { name } of before) made.delete(name);
  return made.size / before.length;
}

function findings(loaded: BySide<Outcome<Loaded<number>>>): Finding[] {
  const answered = sent.map((row): Finding => ({
    title: `${row.policy}, ${row.title}: answered`,
    unit: "%",
    ...figureOf(loaded, idOf(row), answeredPercent),
    expected: atLeast(
      goal,
      `A pod serves on while it sleeps before it ends, and one takes its place before: at least ${goal} %.`,
      lifecycle,
    ),
  }));
  return [
    {
      title: "pods replaced, each",
      unit: "",
      ...bySide(loaded, ({ happened }) => happened),
      expected: bothAlike("Every roll-out replaces every pod.", rolling, (value) => value === rollOuts),
    },
    ...answered,
  ];
}
