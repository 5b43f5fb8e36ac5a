import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { LoadBalancerOptions } from "./loadBalancerOptions.ts";
import type { MinimumHealthyTargets, TargetGroupHealth, TrafficOptions } from "./trafficOptions.ts";

/**
 * Options as attributes by ELBv2's names. What is not set is left out: AWS has its own default.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html, API_TargetGroupAttribute.html and API_ListenerAttribute.html
 */
export type Elbv2Attributes = Readonly<Record<string, string>>;

export function elbv2LoadBalancerAttributes({
  crossZoneLoadBalancing,
  dnsRecordClientRoutingPolicy,
  deletionProtection,
  accessLogs,
}: TrafficOptions & LoadBalancerOptions): Elbv2Attributes {
  return texts({
    "load_balancing.cross_zone.enabled": crossZoneLoadBalancing,
    "dns_record.client_routing_policy": dnsRecordClientRoutingPolicy,
    "deletion_protection.enabled": deletionProtection,
    "access_logs.s3.enabled": accessLogs && true,
    "access_logs.s3.bucket": accessLogs?.bucket,
    "access_logs.s3.prefix": accessLogs?.prefix,
  });
}

/** Of a TCP listener. */
export function elbv2ListenerAttributes({ tcpIdleTimeoutSeconds }: TrafficOptions): Elbv2Attributes {
  return texts({ "tcp.idle_timeout.seconds": tcpIdleTimeoutSeconds });
}

export function elbv2TargetGroupAttributes(options: TrafficOptions): Elbv2Attributes {
  const unhealthy = "target_health_state.unhealthy";
  return texts({
    "load_balancing.cross_zone.enabled": options.targetGroupCrossZoneLoadBalancing,
    "preserve_client_ip.enabled": options.preserveClientIp,
    "proxy_protocol_v2.enabled": options.proxyProtocolV2,
    "stickiness.enabled": options.stickiness && options.stickiness !== "none",
    "stickiness.type": options.stickiness && "source_ip",
    "deregistration_delay.timeout_seconds": options.deregistrationDelaySeconds,
    "deregistration_delay.connection_termination.enabled": options.connectionTermination,
    [`${unhealthy}.connection_termination.enabled`]: options.unhealthyConnectionTermination,
    [`${unhealthy}.draining_interval_seconds`]: options.unhealthyDrainingIntervalSeconds,
    ...healthAttributes(options.targetGroupHealth ?? {}),
  });
}

function healthAttributes({ dnsFailover, unhealthyStateRouting }: TargetGroupHealth): Values {
  return {
    ...minimumAttributes("dns_failover", dnsFailover),
    ...minimumAttributes("unhealthy_state_routing", unhealthyStateRouting),
  };
}

/** A count is required unless both are off. */
function minimumAttributes(what: string, minimum: MinimumHealthyTargets | "off" | undefined): Values {
  if (minimum === undefined) return {};
  const { minimumHealthyTargetsCount: count = 1, minimumHealthyTargetsPercentage: percentage = "off" } =
    minimum === "off" ? { minimumHealthyTargetsCount: "off" } : minimum;
  const prefix = `target_group_health.${what}.minimum_healthy_targets`;
  return { [`${prefix}.count`]: count, [`${prefix}.percentage`]: percentage };
}

type Values = Readonly<Record<string, string | number | boolean | undefined>>;

/** The values that are set, as the API has them. */
export function texts(values: Values): Elbv2Attributes {
  const given = Object.entries(withoutUndefined(values));
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
