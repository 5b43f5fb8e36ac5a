/** Arguments of declared resources as the ELBv2 API's attributes. An argument that is not set sets no attribute. */
import type * as v from "valibot";
import { texts } from "../../../../components/aws/elbv2Attributes.ts";
import type { Elbv2Attributes } from "../../../../components/aws/elbv2Attributes.ts";
import type * as inputs from "./inputs.ts";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
export function loadBalancerAttributes({
  enableCrossZoneLoadBalancing,
  enableDeletionProtection,
  dnsRecordClientRoutingPolicy,
  accessLogs,
}: v.InferOutput<typeof inputs.loadBalancer>): Elbv2Attributes {
  return texts({
    "load_balancing.cross_zone.enabled": enableCrossZoneLoadBalancing,
    "deletion_protection.enabled": enableDeletionProtection,
    "dns_record.client_routing_policy": dnsRecordClientRoutingPolicy,
    "access_logs.s3.enabled": accessLogs?.enabled,
    "access_logs.s3.bucket": accessLogs?.bucket,
    "access_logs.s3.prefix": accessLogs?.prefix,
  });
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ListenerAttribute.html */
export function listenerAttributes({
  tcpIdleTimeoutSeconds,
}: v.InferOutput<typeof inputs.listener>): Elbv2Attributes {
  return texts({ "tcp.idle_timeout.seconds": tcpIdleTimeoutSeconds });
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
export function targetGroupAttributes({
  loadBalancingCrossZoneEnabled,
  preserveClientIp,
  proxyProtocolV2,
  stickiness,
  deregistrationDelay,
  connectionTermination,
  targetHealthStates: [unhealthy] = [],
  targetGroupHealth: { dnsFailover, unhealthyStateRouting } = {},
}: v.InferOutput<typeof inputs.targetGroup>): Elbv2Attributes {
  const ending = "target_health_state.unhealthy";
  const failover = "target_group_health.dns_failover.minimum_healthy_targets";
  const routing = "target_group_health.unhealthy_state_routing.minimum_healthy_targets";
  return texts({
    "load_balancing.cross_zone.enabled": loadBalancingCrossZoneEnabled,
    "preserve_client_ip.enabled": preserveClientIp,
    "proxy_protocol_v2.enabled": proxyProtocolV2,
    "stickiness.enabled": stickiness?.enabled,
    "stickiness.type": stickiness?.type,
    "deregistration_delay.timeout_seconds": deregistrationDelay,
    "deregistration_delay.connection_termination.enabled": connectionTermination,
    [`${ending}.connection_termination.enabled`]: unhealthy?.enableUnhealthyConnectionTermination,
    [`${ending}.draining_interval_seconds`]: unhealthy?.unhealthyDrainingInterval,
    [`${failover}.count`]: dnsFailover?.minimumHealthyTargetsCount,
    [`${failover}.percentage`]: dnsFailover?.minimumHealthyTargetsPercentage,
    [`${routing}.count`]: unhealthyStateRouting?.minimumHealthyTargetsCount,
    [`${routing}.percentage`]: unhealthyStateRouting?.minimumHealthyTargetsPercentage,
  });
}
