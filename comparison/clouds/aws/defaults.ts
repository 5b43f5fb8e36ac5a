/**
 * What AWS makes of everything that a request leaves out: of a Network Load Balancer, its listeners and its target groups, as the ELBv2 API
 * then describes them. One table for all that predicts what a request will give.
 */

type Attributes = Readonly<Record<string, string>>;

/** Address type of load balancers and target groups. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
export const ipAddressType = "ipv4";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
export const enablePrefixForIpv6SourceNat = "off";

/** Of a load balancer with security groups. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html#update-security-group-privatelink */
export const enforcedOnPrivateLink = "on";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
export const loadBalancerAttributes: Attributes = {
  "access_logs.s3.bucket": "",
  "access_logs.s3.enabled": "false",
  "access_logs.s3.prefix": "",
  "deletion_protection.enabled": "false",
  "dns_record.client_routing_policy": "any_availability_zone",
  "load_balancing.cross_zone.enabled": "false",
  "secondary_ips.auto_assigned.per_subnet": "0",
  "zonal_shift.config.enabled": "false",
};

/**
 * With IPv6, one more: whether internet gateways may lead to it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
export function loadBalancerAttributesOf({
  ipAddressType: type,
  scheme,
}: {
  readonly ipAddressType: string;
  readonly scheme: string;
}): Attributes {
  return type === "dualstack"
    ? { ...loadBalancerAttributes, "ipv6.deny_all_igw_traffic": String(scheme === "internal") }
    : loadBalancerAttributes;
}

/** Only TCP listeners have a time-out that can be set. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html */
export function listenerAttributes(protocol: string): Attributes {
  return protocol === "TCP" ? { "tcp.idle_timeout.seconds": "350" } : {};
}

/**
 * Datagrams have no connection that could be kept until its end: that is why two flags turn with the protocol. The client's address is kept for instances, and for datagrams.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
export function targetGroupAttributes(protocol: string, targetType = "instance"): Attributes {
  const datagrams = protocol === "UDP" || protocol === "TCP_UDP";
  return {
    "deregistration_delay.connection_termination.enabled": String(datagrams),
    "deregistration_delay.timeout_seconds": "300",
    "load_balancing.cross_zone.enabled": "use_load_balancer_configuration",
    "preserve_client_ip.enabled": String(datagrams || targetType !== "ip"),
    "proxy_protocol_v2.enabled": "false",
    "stickiness.enabled": "false",
    "stickiness.type": "source_ip",
    "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
    "target_group_health.dns_failover.minimum_healthy_targets.percentage": "off",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "off",
    "target_health_state.unhealthy.connection_termination.enabled": String(!datagrams),
    "target_health_state.unhealthy.draining_interval_seconds": "0",
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html */
export const healthCheck = {
  protocol: "TCP",
  port: "traffic-port",
  intervalSeconds: 30,
  healthyThresholdCount: 5,
  unhealthyThresholdCount: 2,
} as const;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const timeoutSeconds: Readonly<Record<string, number>> = { TCP: 10, HTTP: 6, HTTPS: 10 };

/** What a health check has by its protocol: a time-out, and with HTTP and HTTPS a page and what counts as a good answer. */
export function healthCheckOf(protocol: string): {
  readonly timeoutSeconds: number;
  readonly path?: string;
  readonly matcher?: string;
} {
  const byProtocol = { timeoutSeconds: timeoutSeconds[protocol] ?? 10 };
  return protocol === "TCP" ? byProtocol : { ...byProtocol, path: "/", matcher: "200-399" };
}
