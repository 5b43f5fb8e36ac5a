import type { Trials } from "./trial.ts";
import { annotated } from "./trial.ts";

const failover = "target_group_health.dns_failover.minimum_healthy_targets";
const routing = "target_group_health.unhealthy_state_routing.minimum_healthy_targets";

export const traffic = {
  crossZoneLoadBalancing: {
    given: { crossZoneLoadBalancing: true },
    nodePort: { type: "LoadBalancer", inputs: { enableCrossZoneLoadBalancing: true } },
    loadBalancer: annotated({ "cross-zone-load-balancing-enabled": "true" }),
    attributes: { "load_balancing.cross_zone.enabled": "true" },
  },
  dnsRecordClientRoutingPolicy: {
    given: { dnsRecordClientRoutingPolicy: "availability_zone_affinity" },
    nodePort: {
      type: "LoadBalancer",
      inputs: { dnsRecordClientRoutingPolicy: "availability_zone_affinity" },
    },
    loadBalancer: undefined,
    attributes: { "dns_record.client_routing_policy": "availability_zone_affinity" },
  },
  targetType: {
    given: { targetType: "instance" },
    nodePort: { type: "TargetGroup", inputs: { targetType: "instance" } },
    loadBalancer: undefined,
    loadBalancerController: annotated({ "nlb-target-type": "instance" }),
  },
  preserveClientIp: {
    given: { preserveClientIp: false },
    nodePort: { type: "TargetGroup", inputs: { preserveClientIp: "false" } },
    loadBalancer: annotated({ "target-group-attributes": "preserve_client_ip.enabled=false" }),
    attributes: { "preserve_client_ip.enabled": "false" },
  },
  proxyProtocolV2: {
    given: { proxyProtocolV2: true, preserveClientIp: true },
    nodePort: { type: "TargetGroup", inputs: { proxyProtocolV2: true } },
    loadBalancer: annotated({
      "target-group-attributes": "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=true",
    }),
    attributes: { "proxy_protocol_v2.enabled": "true" },
  },
  targetGroupCrossZoneLoadBalancing: {
    given: { targetGroupCrossZoneLoadBalancing: true },
    nodePort: { type: "TargetGroup", inputs: { loadBalancingCrossZoneEnabled: "true" } },
    loadBalancer: undefined,
    attributes: { "load_balancing.cross_zone.enabled": "true" },
  },
  stickiness: {
    given: { stickiness: "source_ip" },
    nodePort: { type: "TargetGroup", inputs: { stickiness: { type: "source_ip", enabled: true } } },
    loadBalancer: undefined,
    attributes: { "stickiness.enabled": "true" },
  },
  sessionAffinity: {
    given: { sessionAffinity: "None" },
    nodePort: { type: "Service", inputs: { spec: { sessionAffinity: "None" } } },
    loadBalancer: { spec: { sessionAffinity: "None" } },
  },
  trafficDistribution: {
    given: { trafficDistribution: "PreferSameZone" },
    nodePort: { type: "Service", inputs: { spec: { trafficDistribution: "PreferSameZone" } } },
    loadBalancer: { spec: { trafficDistribution: "PreferSameZone" } },
  },
  externalTrafficPolicy: {
    given: { externalTrafficPolicy: "Local" },
    nodePort: { type: "Service", inputs: { spec: { externalTrafficPolicy: "Local" } } },
    loadBalancer: { spec: { externalTrafficPolicy: "Local" } },
  },
  tcpIdleTimeoutSeconds: {
    given: { tcpIdleTimeoutSeconds: 900 },
    nodePort: { type: "Listener", inputs: { tcpIdleTimeoutSeconds: 900 } },
    loadBalancer: undefined,
    attributes: { "tcp.idle_timeout.seconds": "900" },
  },
  deregistrationDelaySeconds: {
    given: { deregistrationDelaySeconds: 0 },
    nodePort: { type: "TargetGroup", inputs: { deregistrationDelay: 0 } },
    loadBalancer: undefined,
    attributes: { "deregistration_delay.timeout_seconds": "0" },
  },
  connectionTermination: {
    given: { connectionTermination: true },
    nodePort: { type: "TargetGroup", inputs: { connectionTermination: true } },
    loadBalancer: undefined,
    attributes: { "deregistration_delay.connection_termination.enabled": "true" },
  },
  unhealthyConnectionTermination: {
    given: { unhealthyConnectionTermination: false },
    nodePort: {
      type: "TargetGroup",
      inputs: { targetHealthStates: [{ enableUnhealthyConnectionTermination: false }] },
    },
    loadBalancer: undefined,
    attributes: { "target_health_state.unhealthy.connection_termination.enabled": "false" },
  },
  unhealthyDrainingIntervalSeconds: {
    given: { unhealthyConnectionTermination: false, unhealthyDrainingIntervalSeconds: 60 },
    nodePort: {
      type: "TargetGroup",
      inputs: {
        targetHealthStates: [{ enableUnhealthyConnectionTermination: false, unhealthyDrainingInterval: 60 }],
      },
    },
    loadBalancer: undefined,
    attributes: {
      "target_health_state.unhealthy.connection_termination.enabled": "false",
      "target_health_state.unhealthy.draining_interval_seconds": "60",
    },
  },
  targetGroupHealth: {
    given: {
      targetGroupHealth: {
        dnsFailover: "off",
        unhealthyStateRouting: { minimumHealthyTargetsPercentage: 50 },
      },
    },
    nodePort: {
      type: "TargetGroup",
      inputs: {
        targetGroupHealth: {
          dnsFailover: { minimumHealthyTargetsCount: "off", minimumHealthyTargetsPercentage: "off" },
          unhealthyStateRouting: { minimumHealthyTargetsCount: 1, minimumHealthyTargetsPercentage: "50" },
        },
      },
    },
    loadBalancer: undefined,
    attributes: { [`${failover}.count`]: "off", [`${routing}.percentage`]: "50" },
  },
} satisfies Trials;
