/** 7. A node is lost without a word: until when new connections fail, and what becomes of those that were on it. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BySide } from "../../probes/probes.ts";
import type { Bed } from "../bed/bed.ts";
import type { ClusterNode } from "../bed/cluster.ts";
import { allHealthy, bedHealthy } from "../bed/health.ts";
import { atMost } from "../bounds.ts";
import { localChecks } from "../checks.ts";
import { eventually } from "../eventually.ts";
import { loadOf } from "../loads.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding, Scenario } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { latestDetectionSeconds, timing } from "../timing.ts";
import { answeredPercent } from "../traffic/figures.ts";
import type { Load } from "../traffic/load.ts";
import { loadOn } from "../traffic/loadOn.ts";
import { lastLossSeconds } from "../traffic/moments.ts";
import { now } from "../traffic/sender.ts";
import { figuresFor, once, samplesOf, underLoad } from "../underLoad.ts";
import type { Loaded } from "../underLoad.ts";
import type { Outcome } from "../outcome.ts";

/**
 * Kubernetes gives a silent node up after 50 s, looks every 5 s, and then takes its pods for not ready.
 * https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
 */
const nodeMonitorSeconds = 50 + 5;

/** How long it is looked at after all has been found out. */
const afterSeconds = 5;

const checks =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html";
const nodeStatus = "https://kubernetes.io/docs/reference/node/node-status/#condition";
const nodePorts = "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport";

/** In milliseconds since the epoch. */
interface NodeLost {
  readonly at: number;
  /** When the load balancers of the policy Local knew. */
  readonly detectedAt: number;
  /** When the node was about to come back. */
  readonly until: number;
  /** Addresses that the name of the policy Local's load balancer had then. */
  readonly addresses: BySide<number>;
  readonly zones: number;
}

export const nodeLost: Scenario = {
  id: "node-lost",
  title: "A node is lost without a word",
  question:
    "For how long do new connections fail when a node falls silent, and what becomes of the connections on it?",
  quick: false,
  async run(bed) {
    const nodes = (await bed.cluster.nodes()).filter(({ ready }) => ready);
    const victim = nodes.at(-1);
    if (victim === undefined || nodes.length < 2) throw new Error("there are not two nodes that are ready");
    const seconds = 60 + nodeMonitorSeconds + 4 * timing.endpointSeconds + timing.podSeconds;
    const loads = (side: keyof BySide<unknown>): Load[] => {
      const [plain, local] = [bed.targets("plain")[side], bed.targets("local")[side]];
      return [
        loadOf(plain, "http", { id: "cluster", seconds }),
        loadOf(local, "http", { id: "local", seconds }),
        loadOf(local, "http keep-alive", { id: "lasting", seconds, connections: 12 }),
        loadOn(victim.address, plain.nodePorts, { id: "node", kind: "http", perSecond: 5, seconds }),
      ];
    };
    try {
      const happen = once(() => loseNode(bed, victim, nodes.length));
      const loaded = await underLoad(bed, bed.targets("local"), {
        loads: (_target, side) => loads(side),
        happen,
      });
      return findings(loaded, bed.timeScale);
    } finally {
      await bedHealthy(bed);
    }
  },
};

async function loseNode(bed: Bed, victim: ClusterNode, zones: number): Promise<NodeLost> {
  const { account, cluster, faults, signal, report } = bed;
  const { left, right } = bed.targets("local");
  const at = now();
  try {
    report(`${victim.name} is cut off`);
    await faults.cut(victim.name);
    await Promise.all(
      [left, right].map(({ hostname, way }) =>
        eventually(
          `${way}: the lost node is unhealthy`,
          async () =>
            (await account.targets(hostname)).some(
              ({ id, state }) => id === victim.instanceId && state === "unhealthy",
            ),
          timing.podSeconds,
          signal,
        ),
      ),
    );
    const detectedAt = now();
    report("waiting until Kubernetes gives it up");
    await eventually(
      "the lost node's pods are not ready",
      async () => {
        const pods = await Promise.all([left, right].map((target) => cluster.pods(target)));
        return pods.flat().every(({ node, ready }) => node !== victim.name || !ready);
      },
      2 * nodeMonitorSeconds,
      signal,
    );
    await sleep((timing.endpointSeconds + afterSeconds) * 1000, undefined, { signal });
    const addresses = {
      left: (await bed.resolve(left.hostname)).length,
      right: (await bed.resolve(right.hostname)).length,
    };
    return { at, detectedAt, until: now(), addresses, zones };
  } finally {
    await faults.mend(victim.name);
    await allHealthy(bed, [left, right]);
  }
}

function findings(loaded: BySide<Outcome<Loaded<NodeLost>>>, timeScale: number): Finding[] {
  const slack = timing.propagationSeconds + timing.machineSeconds;
  const detection = latestDetectionSeconds(localChecks, timeScale) + slack;
  const givenUp = nodeMonitorSeconds + timing.endpointSeconds + slack;
  const span = ({ happened: { at, until } }: Loaded<NodeLost>) => ({ from: at, to: until });
  const last = (load: string) =>
    bySide(loaded, (one) => lastLossSeconds(samplesOf(one, load, span(one)), one.happened.at));
  return [
    {
      title: "Local: until the last new connection failed",
      unit: "s",
      ...last("local"),
      expected: atMost(
        detection,
        `A node is out after ${localChecks.unhealthyThresholdCount} failed checks, ${localChecks.intervalSeconds} s apart, of ${localChecks.timeoutSeconds} s at most: here, with the time to spread and the machine's, ${detection} s.`,
        checks,
      ),
    },
    {
      title: "Cluster: until the last new connection failed",
      unit: "s",
      ...last("cluster"),
      expected: atMost(
        givenUp,
        `The other nodes pass connections on to the lost one's pods until Kubernetes takes these for not ready, after ${nodeMonitorSeconds} s at most: with the time to spread and the machine's, ${givenUp} s. The load balancer's checks don't shorten it.`,
        nodeStatus,
      ),
    },
    {
      title: "Local: lost over connections that lived on it",
      unit: "requests",
      ...bySide(loaded, (one) => figuresFor(one, "lasting", span(one)).lost),
      expected: atMost(
        12 * 5,
        "A connection to a target that turned unhealthy is reset, and its client connects anew.",
        checks,
      ),
    },
    {
      title: "Local: until the last request over such a connection failed",
      unit: "s",
      ...last("lasting"),
      expected: atMost(
        detection + timing.requestTimeoutMilliseconds / 1000,
        `A connection to a target that turned unhealthy is reset: no later than new ones fail, ${detection} s.`,
        checks,
      ),
    },
    {
      title: "zones whose address is not in DNS",
      unit: "addresses",
      left: addressesGone(loaded.left, "left"),
      right: addressesGone(loaded.right, "right"),
      expected: bothAlike(
        "The name leads no longer to a zone without a healthy target.",
        checks,
        (value) => value === 1,
      ),
    },
    {
      title: "only that node's address: answered",
      unit: "%",
      ...bySide(loaded, (one) =>
        answeredPercent(figuresFor(one, "node", { ...span(one), from: one.happened.detectedAt })),
      ),
      expected: bothAlike(
        "Who knows one node's address only has no other way when that node is lost.",
        nodePorts,
        (value) => value === 0,
      ),
    },
  ];
}

function addressesGone(one: Outcome<Loaded<NodeLost>>, side: keyof BySide<unknown>): Outcome<number> {
  if (one.kind !== "measured") return one;
  const { zones, addresses } = one.value.happened;
  return { kind: "measured", value: zones - addresses[side] };
}
