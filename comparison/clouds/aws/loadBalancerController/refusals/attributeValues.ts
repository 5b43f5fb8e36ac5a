/**
 * What AWS takes as an attribute's value. The controller passes attributes on as they are.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ListenerAttribute.html
 */
import { awsRanges } from "../../../../../components/aws/defaults.ts";

type Range = (typeof awsRanges)[keyof typeof awsRanges];

interface Allowed {
  readonly words: readonly string[];
  readonly range?: Range;
}

const flag: Allowed = { words: ["true", "false"] };
const orOff = (range: Range): Allowed => ({ words: ["off"], range });

const allowed: Readonly<Record<string, Allowed>> = {
  "access_logs.s3.enabled": flag,
  "deletion_protection.enabled": flag,
  "deregistration_delay.connection_termination.enabled": flag,
  "deregistration_delay.timeout_seconds": { words: [], range: awsRanges.deregistrationDelaySeconds },
  "ipv6.deny_all_igw_traffic": flag,
  // A target group may leave it to its load balancer.
  "load_balancing.cross_zone.enabled": { words: [...flag.words, "use_load_balancer_configuration"] },
  "preserve_client_ip.enabled": flag,
  "proxy_protocol_v2.enabled": flag,
  "stickiness.enabled": flag,
  "stickiness.type": { words: ["source_ip"] },
  "target_group_health.dns_failover.minimum_healthy_targets.count": orOff(
    awsRanges.minimumHealthyTargetsCount,
  ),
  "target_group_health.dns_failover.minimum_healthy_targets.percentage": orOff(
    awsRanges.minimumHealthyTargetsPercentage,
  ),
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": {
    words: [],
    range: awsRanges.minimumHealthyTargetsCount,
  },
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": orOff(
    awsRanges.minimumHealthyTargetsPercentage,
  ),
  "target_health_state.unhealthy.connection_termination.enabled": flag,
  "target_health_state.unhealthy.draining_interval_seconds": {
    words: [],
    range: awsRanges.unhealthyDrainingIntervalSeconds,
  },
  "tcp.idle_timeout.seconds": { words: [], range: awsRanges.tcpIdleTimeoutSeconds },
  "zonal_shift.config.enabled": flag,
};

/** In words: `deletion_protection.enabled=yes; AWS allows true and false`; undefined if AWS takes all. */
export function refusedValue(attributes: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(attributes).flatMap(([key, value]) => {
    const may = allowed[key];
    return may === undefined || isAllowed(value, may) ? [] : [`${key}=${value}; AWS allows ${inWords(may)}`];
  })[0];
}

function isAllowed(value: string, { words, range }: Allowed): boolean {
  if (words.includes(value.toLowerCase())) return true;
  return (
    range !== undefined && /^\d+$/.test(value) && Number(value) >= range.min && Number(value) <= range.max
  );
}

function inWords({ words, range }: Allowed): string {
  const numbers = range === undefined ? [] : [`whole numbers from ${range.min} to ${range.max}`];
  return [...words, ...numbers].join(" and ");
}
