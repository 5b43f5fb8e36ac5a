/** Who answers: by name, by each zone's address, and by each node's own, as long as the firewall lets clients in there. */
import { withoutUndefined } from "../../../components/core/withoutUndefined.ts";
import type { BySide, Side } from "../../result/bySide.ts";
import { attempt } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import type { Scenario } from "../scenario.ts";
import { onBothSides } from "../sides.ts";
import type { ClusterNode } from "../testbed/cluster.ts";
import { nodeOfPod } from "../testbed/pods.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { zonesOutOfDns } from "../testbed/zones.ts";
import { timing } from "../timing.ts";
import { sendToBoth } from "../traffic/bothSides.ts";
import { burst } from "../traffic/burst.ts";
import { figuresOf } from "../traffic/figures.ts";
import type { Load } from "../../traffic/load.ts";
import { answeredShare } from "../traffic/loaded.ts";
import { whileClosed } from "./closing.ts";
import { conclude, everyNode, openSides } from "./conclude.ts";
import type { Asked, Measured, Shares, Shut } from "./conclude.ts";

/** By name often enough to meet every address: 30 requests miss one of three in one of 10^5 runs. */
const requests = { name: 30, zones: 10, nodes: 10 } as const satisfies Readonly<Record<Asked, number>>;

/** What is asked, and what is special about how. */
type Questions = Readonly<Partial<Record<Asked, Partial<Load>>>>;

/** Where no answer is expected: all at once, and without waiting long. */
const noAnswer: Partial<Load> = {
  mostUnderWay: requests.nodes,
  timeoutMilliseconds: timing.requestTimeoutMilliseconds,
};

export const answers: Scenario<Measured> = {
  id: "answers",
  title: "Who answers",
  question: ({ name }) =>
    `Does the app answer by the load balancer's ${name}, and by each node's own address?`,
  quick: true,
  beside: "looking on",
  needs: ["firewall openings"],
  async measure(testbed) {
    const nodes = await testbed.cluster.nodes();
    // At the same time: they ask at different ports.
    const closing = measureShut(testbed, nodes);
    // Whatever goes amiss, nothing stays closed when this ends.
    const over = Promise.allSettled([closing]);
    const open = await measureOpen(testbed, nodes).finally(() => over);
    return { ...open, ...withoutUndefined({ shut: await closing }) };
  },
  conclude,
};

async function measureOpen(
  testbed: Testbed,
  nodes: readonly ClusterNode[],
): Promise<Pick<Measured, "missing" | "plain">> {
  const targets = testbed.targets("plain");
  const { nodes: byNode = everyNode, zonal } = testbed.expectations.answers;
  const plain = await ask(testbed, targets, nodes, (side) => ({
    name: {},
    ...(zonal === undefined ? {} : { zones: {} }),
    nodes: byNode[side] === 0 ? noAnswer : {},
  }));
  if (zonal === undefined) return { plain };
  const missing = await onBothSides(targets, testbed.signal, ({ address }) =>
    zonesOutOfDns(testbed, address),
  );
  return { plain, missing };
}

async function measureShut(testbed: Testbed, nodes: readonly ClusterNode[]): Promise<Shut | undefined> {
  const open = openSides(testbed.expectations.answers);
  if (open.length === 0) return undefined;
  // Its members see the load balancer's own address, which the firewall goes on to admit.
  const targets = testbed.targets("masqueraded");
  const closed = await attempt(
    () =>
      whileClosed(
        testbed,
        open.map((side) => targets[side]),
        () => ask(testbed, targets, nodes, () => ({ name: {}, nodes: noAnswer })),
      ),
    testbed.signal,
  );
  return {
    closed: closed.kind === "measured" ? closed.value : { left: closed, right: closed },
    again: await ask(testbed, targets, nodes, () => ({ nodes: {} })),
  };
}

async function ask(
  testbed: Testbed,
  targets: BySide<Target>,
  nodes: readonly ClusterNode[],
  asked: (side: Side) => Questions,
): Promise<BySide<Outcome<Shares>>> {
  const [left, right] = await Promise.all([
    loadsTo(testbed, targets.left, nodes, asked("left")),
    loadsTo(testbed, targets.right, nodes, asked("right")),
  ]);
  const samples = await sendToBoth(testbed, { left, right });
  return onBothSides(targets, testbed.signal, async (target, side) => {
    const pods = await nodeOfPod(testbed.cluster, target);
    const share = (what: Asked): Outcome<number> =>
      answeredShare(
        figuresOf(
          samples[side].filter(({ load }) => load === what),
          pods,
        ),
      );
    return Object.fromEntries(kindsOf(asked(side)).map((what) => [what, share(what)]));
  });
}

async function loadsTo(
  testbed: Testbed,
  { address, ports, nodePorts }: Target,
  nodes: readonly ClusterNode[],
  asked: Questions,
): Promise<Load[]> {
  const hosts: Readonly<Record<Asked, readonly string[]>> = {
    name: [address],
    zones: "zones" in asked ? await testbed.resolve(address) : [],
    nodes: nodes.map((node) => node.address),
  };
  return kindsOf(asked).flatMap((id) => {
    const at = id === "nodes" ? nodePorts : ports;
    return hosts[id].map((host) =>
      burst(host, at, { id, kind: "http", requests: requests[id], ...asked[id] }),
    );
  });
}

function kindsOf(asked: Questions): Asked[] {
  return Object.keys(asked) as Asked[];
}
