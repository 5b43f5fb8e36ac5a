/** A target is deregistered: what becomes of its connections, kept and terminated. */
import type { Draining } from "../../clouds/operations.ts";
import { eventually } from "../../eventually.ts";
import type { Scenario } from "../scenario.ts";
import { allHealthy } from "../testbed/health.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { timing } from "../timing.ts";
import type { Load } from "../../traffic/load.ts";
import { loadOf } from "../traffic/loads.ts";
import { underLoad } from "../traffic/underLoad.ts";
import { conclude, timelines } from "./conclude.ts";
import type { Drained, Measured } from "./conclude.ts";
import { delayDeclared } from "./delayDeclared.ts";

/** Enough that some are on each of three targets: none is on one of them in one of 10^4 runs. */
const connections = 24;

/** A connection in use sends a request every two seconds. */
const perSecond = connections / 2;

/** Until all connections are there and the load balancer has the attributes. */
const settleSeconds = 4;

/** How long it is watched after the delay is over. */
const afterSeconds = 5;

export const draining: Scenario<Measured> = {
  id: "draining",
  title: "A target is deregistered",
  question:
    "What happens to requests in flight and to connections, in use or idle, when their target is deregistered?",
  quick: false,
  needs: ["members by node", "member health", "connection draining"],
  async measure(testbed) {
    const drain = (kind: Draining) =>
      // Under policy Local a pod's node is the target that its connections go through.
      underLoad(testbed, testbed.targets("local"), {
        loads: (target) => loads(target, kind.delaySeconds / testbed.timeScale),
        happen: (target) => deregisterOne(testbed, target, kind),
      });
    const { kinds } = testbed.expectations.draining;
    return {
      kept: await drain(kinds.kept),
      terminated: await drain(kinds.terminated),
      declared: await delayDeclared(testbed),
    };
  },
  conclude,
  timelines,
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

/** Without its owner's knowledge, and registers it again. */
async function deregisterOne(testbed: Testbed, target: Target, draining: Draining): Promise<Drained> {
  const { clock, cloud, cluster } = testbed;
  const [pods, nodes, pools] = await Promise.all([
    cluster.pods(target),
    cluster.nodes(),
    cloud.pools(target.address),
  ]);
  const node = nodes.find(({ name }) => pods.some((pod) => pod.ready && pod.node === name));
  const [pool] = pools;
  if (node === undefined || pool === undefined)
    throw new Error(`${target.way}: there is no target with a pod`);
  const member = { pool: pool.id, machine: node.machine };
  try {
    await cloud.setDraining(pool.id, draining);
    await clock.sleep(settleSeconds);
    const at = clock.now();
    await cloud.takeOut(member);
    const drainingSeconds = await eventually(
      `${target.way}: the target is gone`,
      async () => (await cloud.members(target.address)).every(({ machine }) => machine !== node.machine),
      2 * (draining.delaySeconds / testbed.timeScale) + timing.machineSeconds,
      clock,
    );
    await clock.sleep(afterSeconds);
    const there = pods.filter((pod) => pod.node === node.name).map(({ name }) => name);
    return { at, until: clock.now(), drainingSeconds, pods: new Set(there) };
  } finally {
    await cloud.putBack(member);
    await cloud.setDraining(pool.id, pool.draining);
    await allHealthy(testbed, [target]);
  }
}
