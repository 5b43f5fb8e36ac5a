/** Which nodes have to be healthy targets under policy Local, and from when on. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { isNumber, isWithin } from "../bounds.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { latestOutOfServiceSeconds, timing } from "../timing.ts";
import { answeredPercent } from "../traffic/figures.ts";
import { figureOf } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";

const policy = "https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy";
const kubeProxy =
  "https://kubernetes.io/docs/tutorials/services/source-ip/#source-ip-for-services-with-type-loadbalancer";

export interface LostPod {
  /** When the pod was told to end, in milliseconds since the epoch. */
  readonly at: number;
  /** Whether the healthy targets were exactly the nodes with a pod. */
  readonly before: boolean;
  readonly after: boolean;
  /** From the pod's order to end until its node was unhealthy. */
  readonly seconds: number;
  readonly preStopSeconds: number;
}

export type Measured = BySide<Outcome<Loaded<LostPod>>>;

export function conclude(loaded: Measured, { timeScale, clocks }: Conditions): Finding[] {
  const most = latestOutOfServiceSeconds(clocks.checks.Local, timeScale);
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
        `Only the LoadBalancer Service has a healthCheckNodePort, where a node's last pod no longer counts once it was told to end. A check of the node port passes as long as that pod serves, here ${sleepOf} s.`,
        policy,
        {
          left: isWithin(sleepOf - timing.machineSeconds, sleepOf + most + timing.podSeconds),
          right: isWithin(0, most),
        },
      ),
    },
    {
      title: "answered meanwhile",
      unit: "%",
      ...figureOf(loaded, "http", answeredPercent),
      expected: differing(
        "The check of the node port fails only after the pod has ended, so new connections are lost until then. The check of the healthCheckNodePort fails while the pod still serves.",
        policy,
        {
          left: isNumber((value) => value >= 80 && value < 100),
          right: isWithin(99),
        },
      ),
    },
  ];
}

export function timelines(loaded: Measured): Timeline[] {
  return timelinesOf(loaded, [
    {
      title: "new connections, policy Local",
      load: "http",
      answeredBy: "node",
      events: ({ at, seconds }) => [
        { at, title: "pod terminating" },
        { at: at + seconds * 1000, title: "node unhealthy" },
      ],
    },
  ]);
}
