/**
 * What a run asks beyond reading the facts. Nothing that is asked changes anything: dry runs are not persisted, requests are GETs of the app.
 */
import type { BySide } from "../result/bySide.ts";
import { notAsked } from "./asked.ts";
import type { Asked } from "./asked.ts";

/**
 * What the API server would make of a Service. Not the node port's value: a dry run allocates none and answers with a placeholder, even one out of the range.
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

/** Services that are asked for in a dry run, by what is special about them. */
export interface DryRuns {
  /** Type NodePort, and no node port named. */
  readonly nodePortOmitted: Asked<DryRunService>;
  /** Type LoadBalancer, and nothing else said. */
  readonly loadBalancer: Asked<DryRunService>;
  /** Type LoadBalancer with `allocateLoadBalancerNodePorts: false`. */
  readonly withoutNodePorts: Asked<DryRunService>;
  /** Type LoadBalancer with a UDP port. */
  readonly udp: Asked<DryRunService>;
  /** Type LoadBalancer with one port for TCP and UDP. */
  readonly tcpAndUdp: Asked<DryRunService>;
  /** Type NodePort, naming the node port that the compared Service of that side has. */
  readonly takenNodePort: BySide<Asked<DryRunService>>;
}

/** How the API server's allocator of node ports stands, by its own metrics. */
export interface NodePortAllocator {
  readonly allocated: number;
  readonly available: number;
  /** Allocations since the API server started: chosen by it, and named by who made the Service. */
  readonly chosenByServer: number;
  readonly namedByUser: number;
}

/** What the cloud controller manager said of a Service. Kubernetes keeps events for an hour. */
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
    /** The pod's host name; null if who answered is not our test server. */
    readonly pod: string | null;
    /** The client's address as the pod saw it. */
    readonly clientAddress: string | null;
  }>;
}

export interface Probes {
  readonly dryRuns: DryRuns;
  readonly allocator: Asked<NodePortAllocator>;
  readonly events: BySide<Asked<readonly ServiceEvent[]>>;
  /** Answers of each node's own address, for each of the Service's TCP node ports. */
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
