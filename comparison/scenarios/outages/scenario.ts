/** The cloud controller, the API server and the cloud's API are down, one after the other: what goes on, what does not react, and what catches up. */
import type { BySide, Side } from "../../result/bySide.ts";
import { eventually } from "../../eventually.ts";
import { repairs } from "../repair.ts";
import type { Scenario } from "../scenario.ts";
import type { Part } from "../testbed/faults.ts";
import { allHealthy } from "../testbed/health.ts";
import { sides } from "../testbed/testbed.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import type { Change } from "../testbed/variants.ts";
import { timing } from "../timing.ts";
import { loadOf } from "../traffic/loads.ts";
import { once, underLongLoad } from "../traffic/underLoad.ts";
import { answerOf, conclude, done, nameOf, parts, timelines } from "./conclude.ts";
import type { Measured, Outage, Outages } from "./conclude.ts";

const variant = "plain";

/** Longer than any of it takes. */
const seconds = 1800;

/** How long after a change it is said that nobody acts on it: several times what the cloud controller takes. */
const patienceSeconds = 5;

const added = { name: "added", port: 81, targetPort: "http" } as const;

export const outages: Scenario<Measured> = {
  id: "outages",
  title: ({ api }) => `Controller, API server and ${api} down`,
  question: ({ api }) =>
    `While the cloud controller, the API server or the ${api} is down: what continues to work, what happens to a change, and what catches up afterwards?`,
  quick: false,
  needs: ["member health", "control plane faults"],
  measure(testbed) {
    const targets = testbed.targets(variant);
    const all = once(async () => {
      const found: Partial<Record<Part, Outage>> = {};
      for (const part of parts) found[part] = await outage(testbed, targets, part);
      return found as Outages;
    });
    return underLongLoad(testbed, targets, {
      loads: (target) => [
        loadOf(target, "http", { seconds }),
        loadOf(target, "http keep-alive", { seconds }),
      ],
      happen: all,
    });
  },
  conclude,
  timelines,
};

async function outage(testbed: Testbed, targets: BySide<Target>, part: Part): Promise<Outage> {
  const { clock, faults } = testbed;
  const asking = await changes(testbed, targets);
  const answers = { left: "", right: "" };
  const askBoth = async (): Promise<void> => {
    [answers.left, answers.right] = await Promise.all([answerOf(asking.left), answerOf(asking.right)]);
  };
  const from = clock.now();
  testbed.report(`${nameOf(part, testbed.words)} down`);
  await faults.hold(part);
  try {
    const isThere = {
      left: () => isListening(testbed, targets.left),
      right: () => isListening(testbed, targets.right),
    };
    const meanwhile = { name: "meanwhile", act: askBoth, graceSeconds: patienceSeconds };
    const soon = await repairs(isThere, [meanwhile], clock);
    const late = sides.filter((side) => soon[side].by !== meanwhile.name);
    const release = once(() => faults.release(part));
    const later = await Promise.all(
      late.map((side) => {
        // A side that was refused has nothing to make up for.
        const graceSeconds = answers[side] === done ? timing.retrySeconds : patienceSeconds;
        const again = () => Promise.allSettled([asking[side]()]);
        const means = [
          { name: "by itself", act: release, graceSeconds },
          { name: "asked again", act: again, graceSeconds: timing.controllerSeconds },
        ];
        const isBack = { [side]: isThere[side] } as Record<Side, () => Promise<boolean>>;
        return repairs<Side>(isBack, means, clock);
      }),
    );
    const caughtUp = Object.assign({ ...soon }, ...later) as typeof soon;
    return { from, to: clock.now(), answers, caughtUp };
  } finally {
    await faults.release(part);
    await asking.undo();
    await eventually(
      "the added port gone",
      async () => !(await isListening(testbed, targets.left)) && !(await isListening(testbed, targets.right)),
      timing.retrySeconds,
      clock,
    );
    await allHealthy(testbed, [targets.left, targets.right]);
  }
}

async function isListening({ cloud }: Testbed, { address }: Target): Promise<boolean> {
  return (await cloud.listeningPorts(address)).includes(added.port);
}

interface Asking extends BySide<() => Promise<unknown>> {
  readonly undo: () => Promise<void>;
}

/** One port more: on one side by the program, on the other by a change of the Service alone, which asks nothing of the cloud. */
async function changes(testbed: Testbed, { right }: BySide<Target>): Promise<Asking> {
  const { clock, cluster } = testbed;
  const ports = (await cluster.service(right)).spec?.ports ?? [];
  const patch = (list: readonly unknown[]) => cluster.patchService(right, { spec: { ports: list } });
  const more: Change["ports"] = (declared) => [...declared, added];
  return {
    left: () => testbed.deploy({ variant, side: "left", ports: more }),
    right: () => patch([...ports, added]),
    undo: async () => {
      await eventually(
        "the Service's ports as they were",
        async () => ((await patch(ports)).spec?.ports ?? []).length === ports.length,
        timing.retrySeconds,
        clock,
      );
      await testbed.deploy();
    },
  };
}
