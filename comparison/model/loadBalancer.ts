/**
 * A load balancer in the terms that all clouds share. A cloud's own types extend these with its own fields, such as the attributes of an AWS target
 * group. The comparison compares those fields too: it compares all facts.
 */
import type { NodePort } from "./later.ts";
import type { Identity, Owner } from "./owner.ts";

export interface ListenerFacts {
  readonly identity: Identity;
  readonly owner: Owner;
  readonly protocol: string;
  readonly port: number;
  /** Ids of pools, as in {@link PoolFacts}. */
  readonly forwardsTo: readonly string[];
}

export interface HealthCheckFacts {
  readonly enabled: boolean;
  readonly protocol: string;
  /** `traffic-port` or a number. */
  readonly port: "traffic-port" | NodePort;
  /** Only of HTTP and HTTPS. */
  readonly path?: string;
  /** Status codes that count as healthy; only of HTTP and HTTPS. */
  readonly matcher?: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThresholdCount: number;
  readonly unhealthyThresholdCount: number;
}

/** A destination of a pool: a node, or a pod. */
export interface MemberFacts {
  /** An instance's id or an address. */
  readonly id: string;
  readonly port: NodePort;
  readonly owner: Owner;
  /** In the cloud's words. */
  readonly state: string;
  readonly reason?: string;
}

/** Members with one health check: a target group (AWS), a pool (OpenStack), a backend service or target pool (Compute Engine). */
export interface PoolFacts {
  readonly identity: Identity;
  readonly owner: Owner;
  readonly protocol: string;
  readonly port: NodePort;
  readonly healthCheck: HealthCheckFacts;
  readonly members: readonly MemberFacts[];
}

export interface LoadBalancerFacts {
  readonly identity: Identity;
  readonly owner: Owner;
  /** The address for clients, as in a Service's status: a host name (AWS), or an IP address (Compute Engine, OpenStack). */
  readonly address: string;
  /** In the cloud's words. */
  readonly state: string;
  /** Who can reach it, in the cloud's words, such as `internal`. */
  readonly scheme: string;
  readonly listeners: readonly ListenerFacts[];
  readonly pools: readonly PoolFacts[];
  /** Listeners that lead to other Services, such as `TCP 6379`. Only a comparison sets them aside. */
  readonly otherListeners?: readonly string[];
}
