/** 9. A node is added: who makes it a target, and when it gets its first request. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BySide } from "../../probes/probes.ts";
import type { Bed } from "../bed/bed.ts";
import { bedHealthy } from "../bed/health.ts";
import { eventually } from "../eventually.ts";
import { loadOf } from "../loads.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Finding, Scenario } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { latestFirstRequestSeconds, timing } from "../timing.ts";
import type { Sample } from "../traffic/load.ts";
import { now } from "../traffic/sender.ts";
import { figuresFor, once, underLoad } from "../underLoad.ts";
import type { Loaded } from "../underLoad.ts";
import type { Outcome } from "../outcome.ts";

/** Longest time that an update of the bed takes, and that the lab takes to have a node join or go. */
const updateSeconds = 180;

const controller =
  "https://github.com/kubernetes/cloud-provider/blob/v0.35.0/controllers/service/controller.go";
const registering =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html";

/** Times in seconds from when the node was Ready. */
interface NodeAdded {
  /** Whether it had a request before anybody did anything. */
  readonly byItself: boolean;
  readonly firstRequestSeconds: number;
}

export const nodeAdded: Scenario = {
  id: "node-added",
  title: "A node is added",
  question: "Who makes a new node a target, and how long after it is Ready does it get its first request?",
  quick: false,
  async run(bed) {
    const targets = bed.targets("plain");
    const most = latestFirstRequestSeconds(bed.timeScale);
    let joined: string | undefined;
    const add = once(async () => {
      bed.report("a node joins");
      const { name } = await bed.faults.addNode();
      joined = name;
      const readyAt = now();
      const node = (await bed.cluster.nodes()).find((one) => one.name === name);
      if (node === undefined) throw new Error(`${name} is Ready and not in the cluster`);
      return { ...node, readyAt };
    });
    // Once both sides have been looked at without anybody's help: an update is one of both.
    const update = once(async () => {
      bed.report("pulumi up");
      await bed.deploy();
    });
    try {
      const loaded = await underLoad(bed, targets, {
        loads: (target) => [loadOf(target, "http", { seconds: 2 * updateSeconds + 4 * most })],
        happen: async (target, soFar): Promise<NodeAdded> => {
          const { address, readyAt } = await add();
          const byItself = await comes(bed, most, () => firstThrough(address, soFar()) !== undefined);
          if (target === targets.left && !byItself) {
            await update();
            await eventually(
              `${target.way}: a request through the new node`,
              () => Promise.resolve(firstThrough(address, soFar()) !== undefined),
              2 * most,
              bed.signal,
            );
          }
          const first = firstThrough(address, soFar()) ?? Number.NaN;
          return { byItself, firstRequestSeconds: Math.max(0, first - readyAt) / 1000 };
        },
      });
      return findings(loaded, most);
    } finally {
      if (joined !== undefined) await bed.faults.removeNode(joined);
      await bed.deploy();
      await bedHealthy(bed);
    }
  },
};

/** @returns whether it came in time */
async function comes({ signal }: Bed, seconds: number, check: () => boolean): Promise<boolean> {
  const end = now() + seconds * 1000;
  while (!check() && now() < end) await sleep(100, undefined, { signal });
  return check();
}

/**
 * When the first request was sent that came through the node, in milliseconds since the epoch. Under the policy Cluster a pod takes the node that a request came through
 * for the client.
 */
function firstThrough(address: string, samples: readonly Sample[]): number | undefined {
  const through = samples.filter(
    ({ outcome }) => outcome.kind === "answered" && outcome.clientAddress === address,
  );
  return through.length === 0 ? undefined : Math.min(...through.map(({ at }) => at));
}

function findings(loaded: BySide<Outcome<Loaded<NodeAdded>>>, most: number): Finding[] {
  return [
    {
      title: "takes requests before anybody does anything",
      unit: "",
      ...bySide(loaded, ({ happened }) => happened.byItself),
      expected: differing(
        "The cloud controller registers a node as soon as it is there. A load balancer of one's own has the targets that it was given: a new node is one at the next pulumi up.",
        controller,
        { left: (value) => value === false, right: (value) => value === true },
      ),
    },
    {
      title: "from Ready to its first request",
      unit: "s",
      ...bySide(loaded, ({ happened }) => happened.firstRequestSeconds),
      expected: differing(
        `A target gets requests once it is registered, within ${timing.registrationSeconds} s, and has passed a check: here, with the time to spread and the machine's, ${most} s. By hand the wait for the next update comes on top, here as long, and the update itself.`,
        registering,
        {
          left: (value) => typeof value === "number" && value > most && value <= 2 * most + updateSeconds,
          right: (value) => typeof value === "number" && value <= most,
        },
      ),
    },
    {
      title: "lost meanwhile",
      unit: "requests",
      ...bySide(loaded, (one) => figuresFor(one, "http").lost),
      expected: bothAlike(
        "A new target takes nothing away from others.",
        registering,
        (value) => value === 0,
      ),
    },
  ];
}
