/** Options for how a load balancer treats connections, targets and zones. */

/** Of one zone, or across zones with cross-zone load balancing. If both are set, both have to be met. */
export interface MinimumHealthyTargets {
  /**
   * A number of targets, 1 to 1000.
   * @default 1
   */
  readonly minimumHealthyTargetsCount?: number;
  /**
   * A share of the targets in percent, 1 to 100.
   * @default no such requirement
   */
  readonly minimumHealthyTargetsPercentage?: number;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-health */
export interface TargetGroupHealth {
  /** Below it, the zone's address leaves the load balancer's DNS name. With `off`, it stays. */
  readonly dnsFailover?: MinimumHealthyTargets | "off";
  /** Below it, traffic goes to all targets, healthy or not. */
  readonly unhealthyStateRouting?: MinimumHealthyTargets;
}

/** Where clients of the VPC are sent. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#zonal-dns-affinity */
export type DnsRecordClientRoutingPolicy =
  "any_availability_zone" | "availability_zone_affinity" | "partial_availability_zone_affinity";

/**
 * An option that is removed keeps its last value on AWS, as Pulumi's provider does not reset it: set the default instead.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
export interface TrafficOptions {
  /**
   * Whether a zone's address also uses targets in other zones. AWS bills traffic between zones.
   * @default false
   */
  readonly crossZoneLoadBalancing?: boolean;
  /**
   * The same for the target groups of these ports alone: exposures that share a load balancer may differ in it.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#target-group-cross-zone
   * @default what the load balancer has
   */
  readonly targetGroupCrossZoneLoadBalancing?: boolean;
  /**
   * Which zones' addresses a client in the VPC gets from DNS: those of all zones, its own zone's alone, or its own zone's for 85 % of the queries.
   * @default "any_availability_zone"
   */
  readonly dnsRecordClientRoutingPolicy?: DnsRecordClientRoutingPolicy;
  /**
   * Whether targets see the client's address. It cannot be switched off for UDP. While it is on, a pod that connects to itself
   * through the load balancer times out.
   * @default true
   */
  readonly preserveClientIp?: boolean;
  /**
   * Whether the load balancer begins each connection with a proxy protocol header (version 2), which has the client's address. The app must expect it: it
   * is neither HTTP nor TLS.
   * @default false
   */
  readonly proxyProtocolV2?: boolean;
  /**
   * `source_ip` sends all connections of one client address to the same node. With `sessionAffinity: ClientIP` they also go to the same pod.
   * @default "none": a hash over addresses and ports chooses the node of each connection
   */
  readonly stickiness?: "none" | "source_ip";
  /**
   * Seconds that a TCP connection may be silent, 60 to 6000.
   * @default 350
   */
  readonly tcpIdleTimeoutSeconds?: number;
  /**
   * Seconds that a deregistered target keeps its connections, 0 to 3600.
   * @default 300, AWS's own
   */
  readonly deregistrationDelaySeconds?: number;
  /**
   * Whether connections of a deregistered target end when the deregistration delay is over.
   * @default false for TCP, true for UDP
   */
  readonly connectionTermination?: boolean;
  /**
   * Whether connections of a target end when it becomes unhealthy.
   * @default true for TCP, false for UDP
   */
  readonly unhealthyConnectionTermination?: boolean;
  /**
   * Seconds that an unhealthy target keeps its connections, 0 to 360000; only with `unhealthyConnectionTermination: false`.
   * @default 0: they are kept for good
   */
  readonly unhealthyDrainingIntervalSeconds?: number;
  /** @default one healthy target is enough, for both */
  readonly targetGroupHealth?: TargetGroupHealth;
}
