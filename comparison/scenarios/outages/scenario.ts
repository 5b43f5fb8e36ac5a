/** 10. The cloud controller, the API server and the AWS API are down, one after the other: what goes on, what does not react, and what catches up. */
import type { BySide } from "../../result/bySide.ts";
import type { Testbed, Target } from "../testbed/testbed.ts";
import { allHealthy } from "../testbed/health.ts";
import type { Change } from "../testbed/variants.ts";
import { eventually } from "../eventually.ts";
import { loadOf } from "../traffic/loads.ts";
import { answerOf, done, outageFindings, parts } from "./conclude.ts";
import type { Outage, Outages } from "./conclude.ts";
import { repairs } from "../repair.ts";
import type { Scenario } from "../scenario.ts";
import { timing } from "../timing.ts";
import { now } from "../traffic/sender.ts";
import { once, underLongLoad } from "../traffic/underLoad.ts";
import type { Part } from "../testbed/faults.ts";

const variant = "plain";

/** Longer than any of it takes. */
const seconds = 1800;

/** After a change was asked for, before it is said that nobody acts on it: some times what the cloud controller takes. */
const patienceSeconds = 5;

const sides = ["left", "right"] as const;
type Side = (typeof sides)[number];

const added = { name: "added", port: 81, targetPort: "http" } as const;

export const outages: Scenario = {
  id: "outages",
  title: "Controller, API server and AWS API down",
  question:
    "While the cloud controller, the API server or the AWS API is down: what goes on, what becomes of a change, and who catches up afterwards?",
  quick: false,
  async run(testbed) {
    const targets = testbed.targets(variant);
    const all = once(async () => {
      const found: Partial<Record<Part, Outage>> = {};
      for (const part of parts) found[part] = await outage(testbed, targets, part);
      return found as Outages;
    });
    const loaded = await underLongLoad(testbed, targets, {
      loads: (target) => [
        loadOf(target, "http", { seconds }),
        loadOf(target, "http keep-alive", { seconds }),
      ],
      happen: all,
    });
    return outageFindings(loaded);
  },
};

async function outage(testbed: Testbed, targets: BySide<Target>, part: Part): Promise<Outage> {
  const { faults, signal } = testbed;
  const asking = changes(testbed, await undoable(testbed, targets));
  const answers = { left: "", right: "" };
  const askBoth = async (): Promise<void> => {
    [answers.left, answers.right] = await Promise.all([answerOf(asking.left), answerOf(asking.right)]);
  };
  const from = now();
  testbed.report(`${part} down`);
  await faults.hold(part);
  try {
    const isThere = {
      left: () => isListening(testbed, targets.left),
      right: () => isListening(testbed, targets.right),
    };
    const meanwhile = { name: "meanwhile", act: askBoth, graceSeconds: patienceSeconds };
    const soon = await repairs(isThere, [meanwhile], signal);
    const late = sides.filter((side) => soon[side].by !== meanwhile.name);
    const release = once(() => faults.release(part));
    const later = await Promise.all(
      late.map((side) => {
        // Who was refused has nothing to make up for.
        const graceSeconds = answers[side] === done ? timing.retrySeconds : patienceSeconds;
        const again = () => Promise.allSettled([asking[side]()]);
        const means = [
          { name: "by itself", act: release, graceSeconds },
          { name: "asked again", act: again, graceSeconds: timing.controllerSeconds },
        ];
        return repairs<Side>(
          { [side]: isThere[side] } as Record<Side, () => Promise<boolean>>,
          means,
          signal,
        );
      }),
    );
    const caughtUp = Object.assign({ ...soon }, ...later) as typeof soon;
    return { from, to: now(), answers, caughtUp };
  } finally {
    await faults.release(part);
    await asking.undo();
    await eventually(
      "the added port gone",
      async () => !(await isListening(testbed, targets.left)) && !(await isListening(testbed, targets.right)),
      timing.retrySeconds,
      signal,
    );
    await allHealthy(testbed, [targets.left, targets.right]);
  }
}

async function isListening({ account }: Testbed, { hostname }: Target): Promise<boolean> {
  return (await account.listeners(hostname)).some(({ Port }) => Port === added.port);
}

type Ports = readonly { readonly name?: string; readonly port: number }[];

async function undoable(
  { cluster }: Testbed,
  { right }: BySide<Target>,
): Promise<{ right: Target; ports: Ports }> {
  return { right, ports: (await cluster.service(right)).spec?.ports ?? [] };
}

/** A port more: on one side by the program, on the other by a change of the Service alone, which asks nothing of AWS. */
function changes(testbed: Testbed, { right, ports }: { readonly right: Target; readonly ports: Ports }) {
  const patch = (list: Ports) => testbed.cluster.patchService(right, { spec: { ports: list } });
  const more: Change["ports"] = (declared) => [...declared, added];
  return {
    left: () => testbed.deploy({ variant, side: "left", ports: more }),
    right: () => patch([...ports, added]),
    undo: async () => {
      await eventually(
        "the Service's ports as they were",
        async () => ((await patch(ports)).spec?.ports ?? []).length === ports.length,
        timing.retrySeconds,
        testbed.signal,
      );
      await testbed.deploy();
    },
  };
}
