/** 3. externalTrafficPolicy Local: a node whose pod goes. Which nodes are healthy targets, and from when on. */
import type { Bed, Target } from "../bed/bed.ts";
import type { Pod } from "../bed/cluster.ts";
import { bedHealthy } from "../bed/health.ts";
import { isNumber } from "../findings/bounds.ts";
import { localChecks } from "../checks.ts";
import { eventually } from "../eventually.ts";
import { loadOf } from "../traffic/loads.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Scenario } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { latestOutOfServiceSeconds, timing } from "../timing.ts";
import { answeredPercent } from "../traffic/figures.ts";
import { figureOf } from "../traffic/loaded.ts";
import { underLoad } from "../traffic/underLoad.ts";

const policy = "https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy";
const kubeProxy =
  "https://kubernetes.io/docs/tutorials/services/source-ip/#source-ip-for-services-with-type-loadbalancer";

export const localHealth: Scenario = {
  id: "local-health",
  title: "Policy Local: a node's pod goes",
  question:
    "Which nodes are healthy targets under policy Local, and when is one found out that lost its pod?",
  quick: false,
  async run(bed) {
    const targets = bed.targets("local");
    const seconds = 60 + 3 * timing.podSeconds;
    const loaded = await underLoad(bed, targets, {
      loads: (target) => [loadOf(target, "http", { seconds })],
      happen: (target) => loseOnePod(bed, target),
    }).finally(() => bedHealthy(bed));
    const most = latestOutOfServiceSeconds(localChecks, bed.timeScale);
    const between = (least: number, atMost: number) => isNumber((value) => value >= least && value <= atMost);
    const sleepOf = loaded.left.kind === "measured" ? loaded.left.value.happened.preStopSeconds : 0;
    return [
      {
        title: "healthy targets are the nodes with a pod: before",
        unit: "",
        ...bySide(loaded, ({ happened }) => happened.before),
        expected: bothAlike(
          "Under policy Local a node takes traffic for its own pods only.",
          policy,
          (value) => value === true,
        ),
      },
      {
        title: "healthy targets are the nodes with a pod: afterwards",
        unit: "",
        ...bySide(loaded, ({ happened }) => happened.after),
        expected: bothAlike(
          "A node without a pod fails its checks: kube-proxy answers them with 503, and drops connections to the node port.",
          kubeProxy,
          (value) => value === true,
        ),
      },
      {
        title: "from the pod's order to end until its node is unhealthy",
        unit: "s",
        ...bySide(loaded, ({ happened }) => happened.seconds),
        expected: differing(
          `Only the LoadBalancer Service has a healthCheckNodePort, where a node's last pod counts no more once it was told to end; a check of the node port passes as long as that pod serves, here ${sleepOf} s.`,
          policy,
          {
            left: between(sleepOf - timing.machineSeconds, sleepOf + most + timing.podSeconds),
            right: between(0, most),
          },
        ),
      },
      {
        title: "answered meanwhile",
        unit: "%",
        ...figureOf(loaded, "http", answeredPercent),
        expected: differing(
          "The node port's check fails only after the pod has ended, so new connections are lost until then; the healthCheckNodePort's fails while the pod still serves.",
          policy,
          {
            left: isNumber((value) => value >= 80),
            right: isNumber((value) => value >= 99),
          },
        ),
      },
    ];
  },
};

interface Lost {
  readonly before: boolean;
  readonly after: boolean;
  readonly seconds: number;
  readonly preStopSeconds: number;
}

/** Scales the app down by one, and up again. */
async function loseOnePod(bed: Bed, target: Target): Promise<Lost> {
  const { cluster, signal, report } = bed;
  const pods = (await cluster.pods(target)).filter(({ terminating }) => !terminating);
  const before = await isAsLocal(bed, target, pods);
  try {
    report("one pod less");
    await cluster.scale(target, pods.length - 1);
    let left: Pod[] = [];
    await eventually(
      "a pod is told to end",
      async () => {
        left = (await cluster.pods(target)).filter(({ terminating }) => !terminating);
        return left.length === pods.length - 1;
      },
      timing.controllerSeconds,
      signal,
    );
    const seconds = await eventually(
      `${target.way}: the node without a pod is unhealthy`,
      () => isAsLocal(bed, target, left),
      timing.podSeconds + timing.controllerSeconds,
      signal,
    );
    await eventually(
      "the pod has ended",
      async () => (await cluster.pods(target)).length === left.length,
      timing.podSeconds,
      signal,
    );
    const after = await isAsLocal(bed, target, left);
    return { before, after, seconds, preStopSeconds: Math.max(0, ...pods.map((pod) => pod.preStopSeconds)) };
  } finally {
    await cluster.scale(target, pods.length);
    await cluster.rolledOut(target, timing.rollOutSeconds, signal);
  }
}

/** Whether the healthy targets are just the nodes of these pods. */
async function isAsLocal(
  { cluster, account }: Bed,
  { hostname }: Target,
  pods: readonly Pod[],
): Promise<boolean> {
  const [nodes, targets] = await Promise.all([cluster.nodes(), account.targets(hostname)]);
  return nodes.every(({ name, instanceId }) => {
    const state = targets.find(({ id }) => id === instanceId)?.state;
    return (state === "healthy") === pods.some(({ node }) => node === name);
  });
}
