/** 1. Who answers: by name, by each zone's address, and by each node's own, as long as the firewall lets clients in there. */
import type { BySide } from "../../result/bySide.ts";
import type { Bed, Target } from "../testbed/bed.ts";
import { zonesOutOfDns } from "../testbed/zones.ts";
import type { ClusterNode } from "../testbed/cluster.ts";
import { whileClosed } from "../actions/closing.ts";
import { answersFindings } from "../findings/answers.ts";
import type { Asked, Shares } from "../findings/answers.ts";
import { attempt } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import type { Scenario } from "../scenario.ts";
import { onBothSides } from "../sides.ts";
import { timing } from "../timing.ts";
import { sendToBoth } from "../traffic/bothSides.ts";
import { burst } from "../traffic/burst.ts";
import { figuresOf } from "../traffic/figures.ts";
import { answeredShare } from "../traffic/loaded.ts";
import type { Load } from "../traffic/load.ts";

/** By name enough that every address is met: one of three is missed by 30 requests in one of 10^5 runs. */
const requests = { name: 30, zones: 10, nodes: 10 } as const satisfies Readonly<Record<Asked, number>>;

/** What is asked, and what is special about how. */
type Questions = Readonly<Partial<Record<Asked, Partial<Load>>>>;

/** Where nobody is to answer: all at once, and without waiting long. */
const nobody: Partial<Load> = {
  mostUnderWay: requests.nodes,
  timeoutMilliseconds: timing.requestTimeoutMilliseconds,
};

export const answers: Scenario = {
  id: "answers",
  title: "Who answers",
  question:
    "Does the app answer by the load balancer's name, by each zone's address, and by each node's own?",
  quick: true,
  besideOthers: true,
  async run(bed) {
    const nodes = await bed.cluster.nodes();
    const plain = await ask(bed, bed.targets("plain"), nodes, { name: {}, zones: {}, nodes: {} });
    const missing = await onBothSides(bed.targets("plain"), bed.signal, ({ hostname }) =>
      zonesOutOfDns(bed, hostname),
    );
    // Its targets see the load balancer's own address, which the rules go on to let in.
    const targets = bed.targets("masqueraded");
    const closed = await attempt(
      () =>
        whileClosed(bed, [targets.left, targets.right], () =>
          ask(bed, targets, nodes, { name: {}, nodes: nobody }),
        ),
      bed.signal,
    );
    return answersFindings({
      missing,
      plain,
      closed: closed.kind === "measured" ? closed.value : { left: closed, right: closed },
      again: await ask(bed, targets, nodes, { nodes: {} }),
    });
  },
};

async function ask(
  bed: Bed,
  targets: BySide<Target>,
  nodes: readonly ClusterNode[],
  asked: Questions,
): Promise<BySide<Outcome<Shares>>> {
  const [left, right] = await Promise.all([
    loadsTo(bed, targets.left, nodes, asked),
    loadsTo(bed, targets.right, nodes, asked),
  ]);
  const samples = await sendToBoth(bed, { left, right });
  return onBothSides(targets, bed.signal, async (target) => {
    const pods = await bed.cluster.nodeOfPod(target);
    const ofSide = target === targets.left ? samples.left : samples.right;
    const share = (what: Asked): Outcome<number> =>
      answeredShare(
        figuresOf(
          ofSide.filter(({ load }) => load === what),
          pods,
        ),
      );
    return Object.fromEntries(kindsOf(asked).map((what) => [what, share(what)]));
  });
}

async function loadsTo(
  bed: Bed,
  { hostname, ports, nodePorts }: Target,
  nodes: readonly ClusterNode[],
  asked: Questions,
): Promise<Load[]> {
  const hosts: Readonly<Record<Asked, readonly string[]>> = {
    name: [hostname],
    zones: await bed.resolve(hostname),
    nodes: nodes.map(({ address }) => address),
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
