/** 1. Who answers: by name, by each zone's address, and by each node's own. */
import { bySide, onBothSides } from "../sides.ts";
import type { Bed, Target } from "../bed/bed.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding, Scenario } from "../scenario.ts";
import { timing } from "../timing.ts";
import { answeredPercent, figuresOf } from "../traffic/figures.ts";
import type { Load } from "../traffic/load.ts";

/** Enough that every address and pod is met: one of three is missed by 30 requests in one of 10^5 runs. */
const requests = 30;

const nodePortSource = "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport";

export const answers: Scenario = {
  id: "answers",
  title: "Who answers",
  question:
    "Does the app answer by the load balancer's name, by each zone's address, and by each node's own?",
  quick: true,
  async run(bed) {
    const targets = bed.targets("plain");
    const nodes = await bed.cluster.nodes();
    const reached = await onBothSides(targets, bed.signal, (target) => reach(bed, target, nodes));
    const all = (sentence: string, source: string): Finding["expected"] =>
      bothAlike(sentence, source, (value) => value === 100);
    return [
      {
        title: "answered by DNS name",
        unit: "%",
        ...bySide(reached, ({ byName }) => byName),
        expected: all(
          "A load balancer's name leads to its addresses.",
          "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#request-routing",
        ),
      },
      {
        title: "answered by each zone's address",
        unit: "%",
        ...bySide(reached, ({ byAddress }) => byAddress),
        expected: all(
          "There is one address for each zone, and each takes traffic.",
          "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#availability-zones",
        ),
      },
      {
        title: "answered by each node's address and node port",
        unit: "%",
        ...bySide(reached, ({ byNode }) => byNode),
        expected: all(
          "Both types of Service answer at every node's own address, where the firewall lets clients in: LoadBalancer is not reachable by its load balancer only.",
          nodePortSource,
        ),
      },
    ];
  },
};

interface Reached {
  readonly byName: number;
  readonly byAddress: number;
  readonly byNode: number;
}

async function reach(
  bed: Bed,
  target: Target,
  nodes: readonly { readonly name: string; readonly address: string }[],
): Promise<Reached> {
  const addresses = await bed.resolve(target.hostname);
  const [port = 80] = Object.values(target.ports);
  const [nodePort = 0] = Object.values(target.nodePorts);
  const load = (id: string, host: string, at: number): Load => ({
    id,
    kind: "http",
    host,
    port: at,
    requests,
    perSecond: timing.perSecond,
    seconds: requests / timing.perSecond + 1,
    timeoutMilliseconds: timing.requestTimeoutMilliseconds,
  });
  const running = await bed.startLoads([
    load("name", target.hostname, port),
    ...addresses.map((address) => load("address", address, port)),
    ...nodes.map(({ address }) => load("node", address, nodePort)),
  ]);
  const samples = await running.ended;
  const pods = new Map((await bed.cluster.pods(target)).map(({ name, node }) => [name, node]));
  const percent = (id: string): number =>
    answeredPercent(
      figuresOf(
        samples.filter(({ load: of }) => of === id),
        pods,
      ),
    );
  return { byName: percent("name"), byAddress: percent("address"), byNode: percent("node") };
}
