/** What clients have to meet when a node falls silent. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { atMost, between, betweenAsDocumented, isNumber } from "../bounds.ts";
import type { Outcome } from "../outcome.ts";
import { everyNode } from "../answers/conclude.ts";
import { bothAlike, bySideAsDocumented } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { earliestDetectionSeconds, latestOutOfServiceSeconds, timing } from "../timing.ts";
import { answeredPercent } from "../traffic/figures.ts";
import { figureOf, lastLossFor } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";

/**
 * Kubernetes gives a silent node up after 50 s, looks every 5 s, and then marks its pods as not ready.
 * https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
 */
export const nodeMonitorSeconds = 50 + 5;

/** Connections of the load that keeps them. */
export const lastingConnections = 12;

/** Each of them may be on the lost node, and lose requests until it is reset. */
const mostLost = lastingConnections * 5;

const nodeStatus = "https://kubernetes.io/docs/reference/node/node-status/#condition";
const nodePorts = "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport";

/** In milliseconds since the epoch. */
export interface LostNode {
  readonly at: number;
  /** When the load balancer of the policy Local noticed. */
  readonly detectedAt: BySide<number>;
  /** When Kubernetes had marked the node's pods as not ready. */
  readonly notReadyAt: number;
  /** When the node was about to come back. */
  readonly until: number;
  /** Zones of the policy Local's load balancer whose address was not in DNS then; 0 where there are none in DNS. */
  readonly outOfDns: BySide<number>;
}

/** Loads are called `cluster`, `local`, `lasting` and `node`. */
export type Measured = BySide<Outcome<Loaded<LostNode>>>;

export function conclude(loaded: Measured, { timeScale, clocks, expectations }: Conditions): Finding[] {
  const { nodeLost: documented } = expectations;
  const detection = latestOutOfServiceSeconds(clocks.checks.Local, timeScale);
  const lastNewConnection = documented.lastNewConnection(detection);
  const lastReset = documented.lastReset(detection);
  const { endpointSeconds, propagationSeconds, machineSeconds } = timing;
  const givenUp = nodeMonitorSeconds + endpointSeconds + propagationSeconds + machineSeconds;
  const earliest = earliestDetectionSeconds(clocks.checks.Local, timeScale);
  const span = ({ at, until }: LostNode) => ({ from: at, to: until });
  const last = (load: string) =>
    mapBySide(loaded, (one) => lastLossFor(one, load, one.happened.at, span(one.happened)));
  return [
    {
      title: "Local: until the load balancers call it unhealthy",
      unit: "s",
      ...bySide(loaded, ({ happened: { at, detectedAt } }, side) => (detectedAt[side] - at) / 1000),
      expected: betweenAsDocumented({ least: earliest, most: detection }, documented.detection),
    },
    {
      title: "Local: until the last new connection failed",
      unit: "s",
      ...last("local"),
      expected: bothAlike(
        lastNewConnection.sentence,
        lastNewConnection.source,
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
        `The other nodes forward connections to the lost node's pods until Kubernetes marks these as not ready, after ${nodeMonitorSeconds} s at most: ${givenUp} s including propagation and what a busy machine adds. The load balancer's checks do not shorten that.`,
        nodeStatus,
      ),
    },
    {
      title: "Local: lost over connections that lived on it",
      unit: "requests",
      ...figureOf(loaded, "lasting", ({ lost }) => lost, span),
      expected: atMost(mostLost, documented.reset.sentence, documented.reset.source),
    },
    {
      title: "Local: until the last request over such a connection failed",
      unit: "s",
      ...last("lasting"),
      expected: atMost(
        detection + timing.requestTimeoutMilliseconds / 1000,
        lastReset.sentence,
        lastReset.source,
      ),
    },
    ...(documented.dns === undefined
      ? []
      : [
          {
            title: "zones whose address is not in DNS",
            unit: "addresses" as const,
            ...bySide(loaded, ({ happened }, side) => happened.outOfDns[side]),
            expected: bothAlike(documented.dns.sentence, documented.dns.source, (value) => value === 1),
          },
        ]),
    {
      title: "only that node's address: answered before",
      unit: "%",
      ...figureOf(loaded, "node", answeredPercent, ({ at }) => ({ to: at - 100 })),
      expected: bySideAsDocumented(expectations.answers.nodes ?? everyNode),
    },
    {
      title: "only that node's address: answered",
      unit: "%",
      ...figureOf(loaded, "node", answeredPercent, ({ detectedAt, until }) => ({
        from: Math.max(detectedAt.left, detectedAt.right),
        to: until,
      })),
      expected: bothAlike(
        "A client that knows only one node's address has no other way when that node is lost.",
        nodePorts,
        (value) => value === 0,
      ),
    },
  ];
}

const lines = {
  cluster: "new connections, policy Cluster",
  local: "new connections, policy Local",
  lasting: "keep-alive, policy Local",
} as const;

export function timelines(loaded: Measured): Timeline[] {
  return timelinesOf(
    loaded,
    Object.entries(lines).map(([load, title]) => ({
      title,
      load,
      answeredBy: "node" as const,
      events: ({ at, detectedAt, notReadyAt }: LostNode, side) => [
        { at, title: "node cut off" },
        { at: detectedAt[side], title: "node unhealthy" },
        { at: notReadyAt, title: "pods not ready" },
      ],
    })),
  );
}
