/** 1. Who answers: by name, by each zone's address, and by each node's own, as long as the firewall lets clients in there. */
import type { BySide } from "../../probes/probes.ts";
import type { Bed, Target } from "../bed/bed.ts";
import type { ClusterNode } from "../bed/cluster.ts";
import { whileClosed } from "../actions/closing.ts";
import { attempt } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding, Scenario } from "../scenario.ts";
import { bySide, onBothSides } from "../sides.ts";
import { timing } from "../timing.ts";
import { sendToBoth } from "../traffic/bothSides.ts";
import { burst } from "../traffic/burst.ts";
import { answeredPercent, figuresOf } from "../traffic/figures.ts";
import type { Load } from "../traffic/load.ts";

/** By name enough that every address is met: one of three is missed by 30 requests in one of 10^5 runs. */
const requests = { name: 30, zones: 10, nodes: 10 } as const;

const nodePorts = "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport";
const groups =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html#target-security-groups";

/** What is asked, with the share of answers in percent. */
type Shares = Readonly<Partial<Record<Asked, number>>>;
const zonesSource =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#availability-zones";
type Asked = keyof typeof requests;

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
      zonesWithoutAddress(bed, hostname),
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
    return [
      {
        title: "zones whose address is not in DNS",
        unit: "addresses",
        ...missing,
        expected: bothAlike(
          "A load balancer's name leads to one address for each of its zones.",
          zonesSource,
          (value) => value === 0,
        ),
      },
      ...opened(plain),
      ...shut(
        closed.kind === "measured" ? closed.value : { left: closed, right: closed },
        await ask(bed, targets, nodes, { nodes: {} }),
      ),
    ];
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
    const pods = new Map((await bed.cluster.pods(target)).map(({ name, node }) => [name, node]));
    const ofSide = target === targets.left ? samples.left : samples.right;
    const share = (what: Asked): number =>
      answeredPercent(
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

async function zonesWithoutAddress(bed: Bed, hostname: string): Promise<number> {
  const [{ AvailabilityZones = [] }, addresses] = await Promise.all([
    bed.account.loadBalancer(hostname),
    bed.resolve(hostname),
  ]);
  return AvailabilityZones.length - addresses.length;
}

function kindsOf(asked: Questions): Asked[] {
  return Object.keys(asked) as Asked[];
}

function opened(shares: BySide<Outcome<Shares>>): Finding[] {
  return [
    finding("answered by DNS name", shares, "name", 100, {
      sentence: "A load balancer's name leads to its addresses.",
      source:
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#request-routing",
    }),
    finding("answered by each zone's address", shares, "zones", 100, {
      sentence: "There is one address for each zone, and each takes traffic.",
      source: zonesSource,
    }),
    {
      ...finding("answered by each node's address and node port", shares, "nodes", 100, {
        sentence:
          "Both types of Service answer at every node's own address, where the firewall lets clients in: LoadBalancer is not reachable by its load balancer only.",
        source: nodePorts,
      }),
      headline: true,
    },
  ];
}

function shut(closed: BySide<Outcome<Shares>>, again: BySide<Outcome<Shares>>): Finding[] {
  return [
    {
      ...finding("node ports closed to clients: by node's address", closed, "nodes", 0, {
        sentence: "Without a rule in the nodes' security group nobody outside reaches a node port.",
        source: groups,
      }),
      headline: true,
    },
    finding("node ports closed to clients: by DNS name", closed, "name", 100, {
      sentence:
        "Without client IP preservation the nodes see the load balancer's own address, and need let nobody else in.",
      source: groups,
    }),
    finding("node ports opened again: by node's address", again, "nodes", 100, {
      sentence: "With the rule as it was everybody that it names reaches the node ports.",
      source: groups,
    }),
  ];
}

function finding(
  title: string,
  shares: BySide<Outcome<Shares>>,
  asked: Asked,
  percent: number,
  { sentence, source }: Pick<Finding["expected"], "sentence" | "source">,
): Finding {
  return {
    title,
    unit: "%",
    ...bySide(shares, (of) => of[asked] ?? 0),
    expected: bothAlike(sentence, source, (value) => value === percent),
  };
}
