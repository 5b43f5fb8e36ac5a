/**
 * What a run asks beyond reading the facts. No question changes anything: dry runs are not stored, and requests to the app are GETs.
 */
import type { BySide } from "../result/bySide.ts";
import { notAsked } from "./asked.ts";
import type { Asked } from "./asked.ts";

/**
 * The Service that the API server would create. It lacks the node port's value: a dry run allocates none and answers with a placeholder, even one outside the range.
 * Source: kubernetes/kubernetes v1.35.4, pkg/registry/core/service/portallocator/operation.go (AllocateNext)
 */
export interface DryRunService {
  readonly type: string;
  readonly ports: readonly {
    readonly protocol: string;
    readonly port: number;
    readonly hasNodePort: boolean;
  }[];
}

/** Services requested in a dry run, by their special property. */
export interface DryRuns {
  /** Type NodePort, without naming a node port. */
  readonly nodePortOmitted: Asked<DryRunService>;
  /** Type LoadBalancer, with defaults. */
  readonly loadBalancer: Asked<DryRunService>;
  /** Type LoadBalancer with `allocateLoadBalancerNodePorts: false`. */
  readonly withoutNodePorts: Asked<DryRunService>;
  /** Type LoadBalancer with a UDP port. */
  readonly udp: Asked<DryRunService>;
  /** Type LoadBalancer with one port for TCP and UDP. */
  readonly tcpAndUdp: Asked<DryRunService>;
  /** Type NodePort, with the node port of that side's compared Service. */
  readonly takenNodePort: BySide<Asked<DryRunService>>;
}

/** The API server's node port allocator, by its metrics. */
export interface NodePortAllocator {
  readonly allocated: number;
  readonly available: number;
  /** Allocations since the API server started: chosen by it, and named in the Service. */
  readonly chosenByServer: number;
  readonly namedByUser: number;
}

/** An event of a controller about a Service. Kubernetes keeps events for an hour. */
export interface ServiceEvent {
  readonly reason: string;
  readonly component: string;
  /** ISO 8601. */
  readonly time: string;
}

/** A node's own address and a node port. */
export interface NodePortTarget {
  readonly node: string;
  readonly address: string;
  readonly port: number;
}

export interface NodePortAnswer extends NodePortTarget {
  readonly outcome: Asked<{
    /** The pod's host name; null if the app is not our test server. */
    readonly pod: string | null;
    /** The client's address as the pod saw it. */
    readonly clientAddress: string | null;
  }>;
}

export interface Probes {
  readonly dryRuns: DryRuns;
  readonly allocator: Asked<NodePortAllocator>;
  readonly events: BySide<Asked<readonly ServiceEvent[]>>;
  /** Answers of each node's address, for each TCP node port of the Service. */
  readonly nodePorts: BySide<readonly NodePortAnswer[]>;
}

/** The probes of a run that asks nothing. */
export function nothingAsked(reason: string): Probes {
  const not = notAsked(reason);
  return {
    dryRuns: {
      nodePortOmitted: not,
      loadBalancer: not,
      withoutNodePorts: not,
      udp: not,
      tcpAndUdp: not,
      takenNodePort: { left: not, right: not },
    },
    allocator: not,
    events: { left: not, right: not },
    nodePorts: { left: [], right: [] },
  };
}
