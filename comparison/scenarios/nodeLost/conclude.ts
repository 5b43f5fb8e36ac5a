/** What clients met when a node fell silent. */
import type { BySide } from "../../result/bySide.ts";
import { atMost, between, isNumber } from "../bounds.ts";
import { localChecks } from "../checks.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { earliestDetectionSeconds, latestOutOfServiceSeconds, timing } from "../timing.ts";
import { answeredPercent } from "../traffic/figures.ts";
import { figureOf, lastLossFor } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";

/**
 * Kubernetes gives a silent node up after 50 s, looks every 5 s, and then takes its pods for not ready.
 * https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
 */
export const nodeMonitorSeconds = 50 + 5;

/** Connections of the load that keeps them. */
export const lastingConnections = 12;

/** Each of them may be on the lost node, and lose what was under way until it is reset. */
const mostLost = lastingConnections * 5;

const checks =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html";
const nodeStatus = "https://kubernetes.io/docs/reference/node/node-status/#condition";
const nodePorts = "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport";

/** In milliseconds since the epoch. */
export interface LostNode {
  readonly at: number;
  /** When the load balancer of the policy Local knew. */
  readonly detectedAt: BySide<number>;
  /** When the node was about to come back. */
  readonly until: number;
  /** Zones of the policy Local's load balancer whose address was not in DNS then. */
  readonly outOfDns: BySide<number>;
}

export function lostNodeFindings(loaded: BySide<Outcome<Loaded<LostNode>>>, timeScale: number): Finding[] {
  const detection = latestOutOfServiceSeconds(localChecks, timeScale);
  const { endpointSeconds, propagationSeconds, machineSeconds } = timing;
  const givenUp = nodeMonitorSeconds + endpointSeconds + propagationSeconds + machineSeconds;
  const earliest = earliestDetectionSeconds(localChecks, timeScale);
  const span = ({ at, until }: LostNode) => ({ from: at, to: until });
  const last = (load: string) =>
    mapBySide(loaded, (one) => lastLossFor(one, load, one.happened.at, span(one.happened)));
  return [
    {
      title: "Local: until the load balancers call it unhealthy",
      unit: "s",
      ...bySide(loaded, ({ happened: { at, detectedAt } }, side) => (detectedAt[side] - at) / 1000),
      expected: between(
        earliest,
        detection,
        `A node is unhealthy after ${localChecks.unhealthyThresholdCount} failed checks, ${localChecks.intervalSeconds} s apart, of ${localChecks.timeoutSeconds} s at most: here after ${earliest} s, and within ${detection} s with the time to spread and the machine's.`,
        checks,
      ),
    },
    {
      title: "Local: until the last new connection failed",
      unit: "s",
      ...last("local"),
      expected: bothAlike(
        `New connections to the node fail until it is found out, at most ${detection} s here, and not any more then.`,
        checks,
        isNumber((value) => value > 0 && value <= detection),
        () => true,
      ),
    },
    {
      title: "Cluster: until the last new connection failed",
      unit: "s",
      ...last("cluster"),
      expected: between(
        detection,
        givenUp,
        `The other nodes pass connections on to the lost one's pods until Kubernetes takes these for not ready, after ${nodeMonitorSeconds} s at most: with the time to spread and the machine's, ${givenUp} s. The load balancer's checks don't shorten it.`,
        nodeStatus,
      ),
    },
    {
      title: "Local: lost over connections that lived on it",
      unit: "requests",
      ...figureOf(loaded, "lasting", ({ lost }) => lost, span),
      expected: atMost(
        mostLost,
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
      ...bySide(loaded, ({ happened }, side) => happened.outOfDns[side]),
      expected: bothAlike(
        "The name leads no longer to a zone without a healthy target.",
        checks,
        (value) => value === 1,
      ),
    },
    {
      title: "only that node's address: answered before",
      unit: "%",
      ...figureOf(loaded, "node", answeredPercent, ({ at }) => ({ to: at - 100 })),
      expected: bothAlike(
        "Both types of Service answer at every node's own address.",
        nodePorts,
        (value) => value === 100,
      ),
    },
    {
      title: "only that node's address: answered",
      unit: "%",
      ...figureOf(loaded, "node", answeredPercent, ({ detectedAt, until }) => ({
        from: Math.max(detectedAt.left, detectedAt.right),
        to: until,
      })),
      expected: bothAlike(
        "Who knows one node's address only has no other way when that node is lost.",
        nodePorts,
        (value) => value === 0,
      ),
    },
  ];
}
