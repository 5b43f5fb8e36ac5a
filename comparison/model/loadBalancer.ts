/** A load balancer with its listeners, target groups and targets. */
import type { NodePort } from "./later.ts";
import type { Identity, Owner } from "./owner.ts";

export interface ZoneFacts {
  readonly zone: string;
  readonly subnet: string;
  /** Public ones of an internet-facing load balancer, private ones of an internal one. */
  readonly addresses: readonly string[];
}

export interface ListenerFacts {
  readonly identity: Identity;
  readonly owner: Owner;
  readonly protocol: string;
  readonly port: number;
  readonly sslPolicy?: string;
  readonly alpnPolicy: readonly string[];
  readonly certificates: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  /** Ids of target groups, as in {@link TargetGroupFacts}. */
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

export interface TargetFacts {
  /** An instance's id. */
  readonly id: string;
  readonly port: NodePort;
  readonly owner: Owner;
  readonly state: string;
  readonly reason?: string;
}

export interface TargetGroupFacts {
  readonly identity: Identity;
  readonly owner: Owner;
  readonly targetType: string;
  readonly protocol: string;
  readonly port: NodePort;
  readonly ipAddressType: string;
  readonly vpc: string;
  readonly healthCheck: HealthCheckFacts;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly targets: readonly TargetFacts[];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html */
export interface LoadBalancerFacts {
  readonly identity: Identity;
  readonly owner: Owner;
  readonly dnsName: string;
  readonly type: string;
  readonly state: string;
  readonly scheme: string;
  readonly ipAddressType: string;
  readonly vpc: string;
  readonly zones: readonly ZoneFacts[];
  readonly securityGroups: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly listeners: readonly ListenerFacts[];
  readonly targetGroups: readonly TargetGroupFacts[];
}
