/** 14. A target is deregistered: what becomes of its connections, kept and terminated. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Testbed, Target } from "../testbed/testbed.ts";
import { allHealthy } from "../testbed/health.ts";
import { delayDeclared } from "./delayDeclared.ts";
import { drainingFindings } from "./conclude.ts";
import type { Drained, Draining } from "./conclude.ts";
import { eventually } from "../eventually.ts";
import { loadOf } from "../traffic/loads.ts";
import type { Finding, Scenario } from "../scenario.ts";
import { timing } from "../timing.ts";
import type { Load } from "../traffic/load.ts";
import { now } from "../traffic/sender.ts";
import { underLoad } from "../traffic/underLoad.ts";

/** Enough that some are on each of three targets: none is on one of them in one of 10^4 runs. */
const connections = 24;

/** A connection in use is so every two seconds. */
const perSecond = connections / 2;

/** Until all connections are there and the load balancer has the attributes. */
const settleSeconds = 4;

/** How long it is looked at after the delay is over. */
const afterSeconds = 5;

export const draining: Scenario = {
  id: "draining",
  title: "A target is deregistered",
  question:
    "What becomes of requests in flight, of connections in use and of idle ones when their target is deregistered?",
  quick: false,
  async run(testbed) {
    const findings: Finding[] = [];
    // The first is AWS's default, and so both ways'.
    for (const kind of [
      { delaySeconds: 300, terminates: false },
      { delaySeconds: 120, terminates: true },
    ]) {
      // Under policy Local a pod's node is the target that its connections go through.
      const loaded = await underLoad(testbed, testbed.targets("local"), {
        loads: (target) => loads(target, kind.delaySeconds / testbed.timeScale),
        happen: (target) => deregisterOne(testbed, target, kind),
      });
      findings.push(...drainingFindings(loaded, kind, testbed.timeScale));
    }
    return [...findings, await delayDeclared(testbed)];
  },
};

function loads(target: Target, delaySeconds: number): Load[] {
  const holdSeconds = settleSeconds + delaySeconds + afterSeconds;
  const seconds = 60 + 2 * holdSeconds;
  const held = {
    holdSeconds,
    perSecond,
    requests: connections,
    seconds,
    // An answer of `http slow` takes up to five seconds longer.
    timeoutMilliseconds: (holdSeconds + 10) * 1000,
  };
  return [
    loadOf(target, "http", { seconds }),
    loadOf(target, "http keep-alive", { seconds, connections, perSecond }),
    loadOf(target, "http idle", held),
    loadOf(target, "http slow", held),
  ];
}

/** Behind its owner's back, and registers it again. */
async function deregisterOne(
  testbed: Testbed,
  target: Target,
  { delaySeconds, terminates }: Draining,
): Promise<Drained> {
  const { account, cluster, signal } = testbed;
  const [pods, nodes, groups] = await Promise.all([
    cluster.pods(target),
    cluster.nodes(),
    account.targetGroups(target.hostname),
  ]);
  const node = nodes.find(({ name }) => pods.some((pod) => pod.ready && pod.node === name));
  const [group] = groups;
  if (node === undefined || group === undefined)
    throw new Error(`${target.way}: there is no target with a pod`);
  const arn = group.TargetGroupArn;
  const attributes = {
    "deregistration_delay.timeout_seconds": String(delaySeconds),
    "deregistration_delay.connection_termination.enabled": String(terminates),
  };
  const all = await account.targetGroupAttributes(arn);
  const before = Object.fromEntries(Object.keys(attributes).map((key) => [key, all[key] ?? ""]));
  const wait = (seconds: number): Promise<void> => sleep(seconds * 1000, undefined, { signal });
  try {
    await account.setTargetGroupAttributes(arn, attributes);
    await wait(settleSeconds);
    const at = now();
    await account.deregister(arn, node.instanceId);
    const drainingSeconds = await eventually(
      `${target.way}: the target is gone`,
      async () => (await account.targets(target.hostname)).every(({ id }) => id !== node.instanceId),
      2 * (delaySeconds / testbed.timeScale) + timing.machineSeconds,
      signal,
    );
    await wait(afterSeconds);
    const there = pods.filter((pod) => pod.node === node.name).map(({ name }) => name);
    return { at, until: now(), drainingSeconds, pods: new Set(there) };
  } finally {
    await account.register(arn, node.instanceId);
    await account.setTargetGroupAttributes(arn, before);
    await allHealthy(testbed, [target]);
  }
}
