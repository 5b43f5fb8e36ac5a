import type { ListenerArgs } from "@pulumi/aws/lb/listener.js";
import type { LoadBalancerArgs } from "@pulumi/aws/lb/loadBalancer.js";
import type { TargetGroupArgs } from "@pulumi/aws/lb/targetGroup.js";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import { defaultCrossZoneLoadBalancing } from "./defaults.ts";
import type { ListenerProtocol } from "./listeners.ts";
import type { LoadBalancerOptions } from "./loadBalancerOptions.ts";
import type { MinimumHealthyTargets, TargetGroupHealth, TrafficOptions } from "./trafficOptions.ts";

/** Options as arguments of the resources. What is not set is left out: AWS has its own default. */

export function loadBalancerAttributes({
  crossZoneLoadBalancing = defaultCrossZoneLoadBalancing,
  dnsRecordClientRoutingPolicy,
  deletionProtection,
  accessLogs,
  ipAddressType,
  enforceSecurityGroupInboundRulesOnPrivateLinkTraffic,
}: TrafficOptions & LoadBalancerOptions): Partial<LoadBalancerArgs> {
  return {
    enableCrossZoneLoadBalancing: crossZoneLoadBalancing,
    ...withoutUndefined({
      ipAddressType,
      dnsRecordClientRoutingPolicy,
      enableDeletionProtection: deletionProtection,
      accessLogs: accessLogs && {
        bucket: accessLogs.bucket,
        ...withoutUndefined({ prefix: accessLogs.prefix }),
        enabled: true,
      },
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic,
    }),
  };
}

/** Of UDP and TCP_UDP, AWS has no idle time-out that can be set. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html */
export function listenerAttributes(
  { tcpIdleTimeoutSeconds }: TrafficOptions,
  protocol: ListenerProtocol,
): Partial<ListenerArgs> {
  return protocol === "TCP" ? withoutUndefined({ tcpIdleTimeoutSeconds }) : {};
}

export function targetGroupAttributes(options: TrafficOptions): Partial<TargetGroupArgs> {
  const { unhealthyConnectionTermination, unhealthyDrainingIntervalSeconds, targetGroupHealth } = options;
  return withoutUndefined({
    loadBalancingCrossZoneEnabled: options.targetGroupCrossZoneLoadBalancing?.toString(),
    preserveClientIp: options.preserveClientIp?.toString(),
    proxyProtocolV2: options.proxyProtocolV2,
    stickiness: options.stickiness && { type: "source_ip", enabled: options.stickiness !== "none" },
    deregistrationDelay: options.deregistrationDelaySeconds,
    connectionTermination: options.connectionTermination,
    targetHealthStates:
      unhealthyConnectionTermination === undefined
        ? undefined
        : [
            {
              enableUnhealthyConnectionTermination: unhealthyConnectionTermination,
              ...withoutUndefined({ unhealthyDrainingInterval: unhealthyDrainingIntervalSeconds }),
            },
          ],
    targetGroupHealth: targetGroupHealth && healthArgument(targetGroupHealth),
  });
}

function healthArgument({ dnsFailover, unhealthyStateRouting }: TargetGroupHealth) {
  return withoutUndefined({
    dnsFailover:
      dnsFailover &&
      (dnsFailover === "off"
        ? { minimumHealthyTargetsCount: off, minimumHealthyTargetsPercentage: off }
        : {
            minimumHealthyTargetsCount: String(countOf(dnsFailover)),
            minimumHealthyTargetsPercentage: percentageOf(dnsFailover),
          }),
    unhealthyStateRouting: unhealthyStateRouting && {
      minimumHealthyTargetsCount: countOf(unhealthyStateRouting),
      minimumHealthyTargetsPercentage: percentageOf(unhealthyStateRouting),
    },
  });
}

const off = "off";
const countOf = ({ minimumHealthyTargetsCount = 1 }: MinimumHealthyTargets): number =>
  minimumHealthyTargetsCount;
const percentageOf = ({ minimumHealthyTargetsPercentage }: MinimumHealthyTargets): string =>
  minimumHealthyTargetsPercentage?.toString() ?? off;
