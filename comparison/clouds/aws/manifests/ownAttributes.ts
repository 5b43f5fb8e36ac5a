/** The component's options for a load balancer's attributes. */
import type { NetworkLoadBalancerOptions } from "../../../../components/aws/index.ts";
import { preservesClientIp } from "../../../../components/aws/targetType.ts";
import type { TargetType } from "../../../../components/aws/targetType.ts";
import type { MinimumHealthyTargets } from "../../../../components/aws/index.ts";
import { withoutUndefined } from "../../../../components/core/withoutUndefined.ts";
import { listenerAttributes, loadBalancerAttributes, targetGroupAttributes } from "../defaults.ts";
import type { NlbFacts, NlbListenerFacts, TargetGroupFacts } from "../model.ts";

const preserveClientIp = "preserve_client_ip.enabled";

type Attributes = Readonly<Record<string, string>>;

/** Only what differs from AWS's defaults for the component's targets. One listener and one target group stand for all: the component has the same options for all ports. */
export function ownAttributes(
  { attributes, listeners, pools }: NlbFacts,
  targetType: TargetType,
): Partial<NetworkLoadBalancerOptions> {
  const [group] = pools;
  // Others have no attributes.
  const listener = listeners.find(({ protocol }) => protocol === "TCP");
  return withoutUndefined({
    ...ofLoadBalancer(changed(attributes, loadBalancerAttributes)),
    ...(listener === undefined ? {} : ofListener(listener)),
    ...(group === undefined ? {} : ofGroup(group)),
    preserveClientIp: keptClientIp(pools, targetType),
  });
}

function changed(attributes: Attributes, defaults: Attributes): Partial<Attributes> {
  return Object.fromEntries(Object.entries(attributes).filter(([key, value]) => defaults[key] !== value));
}

function ofLoadBalancer(attributes: Partial<Attributes>) {
  const bucket = attributes["access_logs.s3.bucket"];
  return {
    crossZoneLoadBalancing: flag(attributes["load_balancing.cross_zone.enabled"]),
    // AWS allows no others.
    dnsRecordClientRoutingPolicy: attributes[
      "dns_record.client_routing_policy"
    ] as NetworkLoadBalancerOptions["dnsRecordClientRoutingPolicy"],
    deletionProtection: flag(attributes["deletion_protection.enabled"]),
    accessLogs:
      attributes["access_logs.s3.enabled"] === "true" && bucket !== undefined
        ? { bucket, ...withoutUndefined({ prefix: attributes["access_logs.s3.prefix"] }) }
        : undefined,
  };
}

function ofListener({ protocol, attributes }: NlbListenerFacts) {
  return {
    tcpIdleTimeoutSeconds: count(
      changed(attributes, listenerAttributes(protocol))["tcp.idle_timeout.seconds"],
    ),
  };
}

function ofGroup({ protocol, attributes }: TargetGroupFacts) {
  const of = changed(attributes, targetGroupAttributes(protocol));
  const ending = "target_health_state.unhealthy";
  const interval = count(of[`${ending}.draining_interval_seconds`]);
  const health = withoutUndefined({
    dnsFailover: dnsFailover(of),
    unhealthyStateRouting: minimum(of, "unhealthy_state_routing"),
  });
  return {
    targetGroupCrossZoneLoadBalancing: flag(of["load_balancing.cross_zone.enabled"]),
    proxyProtocolV2: flag(of["proxy_protocol_v2.enabled"]),
    stickiness: of["stickiness.enabled"] === "true" ? ("source_ip" as const) : undefined,
    deregistrationDelaySeconds: count(of["deregistration_delay.timeout_seconds"]),
    connectionTermination: flag(of["deregistration_delay.connection_termination.enabled"]),
    // The component takes an interval only beside it.
    unhealthyConnectionTermination:
      interval === undefined ? flag(of[`${ending}.connection_termination.enabled`]) : false,
    unhealthyDrainingIntervalSeconds: interval,
    targetGroupHealth: Object.keys(health).length === 0 ? undefined : health,
  };
}

/** Nodes see the client unless told otherwise, and pods do not, which AWS does not allow for UDP, and the component not beside UDP. */
function keptClientIp(pools: readonly TargetGroupFacts[], targetType: TargetType): boolean | undefined {
  const kept = flag(pools[0]?.attributes[preserveClientIp]);
  const hasDatagrams = pools.some(({ protocol }) => protocol.includes("UDP"));
  return hasDatagrams || kept === preservesClientIp({ targetType }) ? undefined : kept;
}

function dnsFailover(of: Partial<Attributes>): MinimumHealthyTargets | "off" | undefined {
  const isOff = of["target_group_health.dns_failover.minimum_healthy_targets.count"] === "off";
  const found = minimum(of, "dns_failover");
  return isOff && found?.minimumHealthyTargetsPercentage === undefined ? "off" : found;
}

function minimum(of: Partial<Attributes>, purpose: string): MinimumHealthyTargets | undefined {
  const key = `target_group_health.${purpose}.minimum_healthy_targets`;
  const found = withoutUndefined({
    minimumHealthyTargetsCount: count(of[`${key}.count`]),
    minimumHealthyTargetsPercentage: count(of[`${key}.percentage`]),
  });
  return Object.keys(found).length === 0 ? undefined : found;
}

/** An attribute that is not a truth value has no option. */
function flag(value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : value === "true";
}

function count(value: string | undefined): number | undefined {
  return value === undefined || !/^\d+$/.test(value) ? undefined : Number(value);
}
