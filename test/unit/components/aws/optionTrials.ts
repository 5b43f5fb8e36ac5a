/** One value of every option, and what each way declares for it. */
import type { NetworkLoadBalancerExposureArgs } from "../../../../components/index.ts";
import type { OptionName } from "../../../../components/aws/support.ts";

export interface Trial {
  readonly given: Partial<NetworkLoadBalancerExposureArgs>;
  /** Some inputs of the resource that the table names. Undefined if the option changes no resource. */
  readonly nodePort:
    { readonly type: string; readonly inputs: Readonly<Record<string, unknown>> } | undefined;
  /** Some inputs of the Service; undefined if the option changes none, or the way cannot have it. */
  readonly loadBalancer: Readonly<Record<string, unknown>> | undefined;
  /** Some inputs of the Service that the AWS Load Balancer Controller serves. @default its `attributes`, or else what `loadBalancer` has */
  readonly loadBalancerController?: Readonly<Record<string, unknown>>;
  /** ELBv2's attributes of the planned load balancer, its listener and its target group that are not AWS's defaults. */
  readonly attributes?: Readonly<Record<string, string>>;
}

const prefix = "service.beta.kubernetes.io/aws-load-balancer";
const annotated = (values: Readonly<Record<string, string>>) => ({
  metadata: {
    annotations: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [`${prefix}-${name}`, value]),
    ),
  },
});
const http = { name: "http", port: 80 };
const portOf = (port: Readonly<Record<string, unknown>>) => ({ spec: { ports: [port] } });

const failover = "target_group_health.dns_failover.minimum_healthy_targets";
const routing = "target_group_health.unhealthy_state_routing.minimum_healthy_targets";

export const trials: Readonly<Record<OptionName, Trial>> = {
  "ports[].port": {
    given: { ports: [{ name: "http", port: 8443 }] },
    nodePort: { type: "Listener", inputs: { port: 8443 } },
    loadBalancer: portOf({ port: 8443 }),
  },
  "ports[].protocol": {
    given: { ports: [{ ...http, protocol: "UDP" }], healthCheck: { port: 10256 } },
    nodePort: { type: "Listener", inputs: { protocol: "UDP" } },
    loadBalancer: portOf({ protocol: "UDP" }),
  },
  "ports[].targetPort": {
    given: { ports: [{ ...http, targetPort: "web" }] },
    nodePort: { type: "Service", inputs: portOf({ targetPort: "web" }) },
    loadBalancer: portOf({ targetPort: "web" }),
  },
  "ports[].nodePort": {
    given: { ports: [{ ...http, nodePort: 30080 }] },
    nodePort: { type: "Service", inputs: portOf({ nodePort: 30080 }) },
    loadBalancer: portOf({ nodePort: 30080 }),
  },
  "ports[].appProtocol": {
    given: { ports: [{ ...http, appProtocol: "http" }] },
    nodePort: { type: "Service", inputs: portOf({ appProtocol: "http" }) },
    loadBalancer: portOf({ appProtocol: "http" }),
  },
  "ports[].healthCheck": {
    given: { ports: [{ ...http, healthCheck: { protocol: "HTTP", path: "/ready" } }] },
    nodePort: { type: "TargetGroup", inputs: { healthCheck: { protocol: "HTTP", path: "/ready" } } },
    loadBalancer: annotated({ "healthcheck-protocol": "HTTP", "healthcheck-path": "/ready" }),
  },
  healthCheck: {
    given: { healthCheck: { protocol: "HTTP", path: "/ready" } },
    nodePort: { type: "TargetGroup", inputs: { healthCheck: { protocol: "HTTP", path: "/ready" } } },
    loadBalancer: annotated({ "healthcheck-protocol": "HTTP", "healthcheck-path": "/ready" }),
  },
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
  scheme: {
    given: { scheme: "internal" },
    nodePort: { type: "LoadBalancer", inputs: { internal: true } },
    loadBalancer: annotated({ internal: "true" }),
    loadBalancerController: annotated({ scheme: "internal" }),
  },
  subnetIds: {
    given: { subnetIds: ["subnet-b"] },
    nodePort: { type: "LoadBalancer", inputs: { subnets: ["subnet-b"] } },
    loadBalancer: annotated({ subnets: "subnet-b" }),
  },
  eipAllocationIds: {
    given: { subnetIds: ["subnet-b", "subnet-a"], eipAllocationIds: ["eipalloc-b", "eipalloc-a"] },
    nodePort: {
      type: "LoadBalancer",
      inputs: {
        subnetMappings: [
          { subnetId: "subnet-a", allocationId: "eipalloc-a" },
          { subnetId: "subnet-b", allocationId: "eipalloc-b" },
        ],
      },
    },
    loadBalancer: annotated({ subnets: "subnet-b,subnet-a", "eip-allocations": "eipalloc-b,eipalloc-a" }),
  },
  privateIpv4Addresses: {
    given: {
      scheme: "internal",
      subnetIds: ["subnet-b", "subnet-a"],
      privateIpv4Addresses: ["10.0.16.9", "10.0.0.9"],
    },
    nodePort: {
      type: "LoadBalancer",
      inputs: {
        subnetMappings: [
          { subnetId: "subnet-a", privateIpv4Address: "10.0.0.9" },
          { subnetId: "subnet-b", privateIpv4Address: "10.0.16.9" },
        ],
      },
    },
    loadBalancer: undefined,
    loadBalancerController: annotated({ "private-ipv4-addresses": "10.0.16.9,10.0.0.9" }),
  },
  loadBalancerSourceRanges: {
    given: { loadBalancerSourceRanges: ["198.51.100.0/24"] },
    nodePort: { type: "SecurityGroupIngressRule", inputs: { cidrIpv4: "198.51.100.0/24" } },
    loadBalancer: { spec: { loadBalancerSourceRanges: ["198.51.100.0/24"] } },
  },
  securityGroups: {
    given: { securityGroups: ["sg-8", "sg-9"], loadBalancerSourceRanges: [] },
    nodePort: { type: "LoadBalancer", inputs: { securityGroups: ["sg-8", "sg-9"] } },
    loadBalancer: undefined,
    loadBalancerController: annotated({
      "security-groups": "sg-8,sg-9",
      "manage-backend-security-group-rules": "true",
    }),
  },
  enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: {
    given: { securityGroups: "own", enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off" },
    nodePort: {
      type: "LoadBalancer",
      inputs: { enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off" },
    },
    loadBalancer: undefined,
    loadBalancerController: annotated({ "inbound-sg-rules-on-private-link-traffic": "off" }),
  },
  loadBalancerName: {
    given: { loadBalancerName: "edge" },
    nodePort: { type: "LoadBalancer", inputs: { name: "edge" } },
    loadBalancer: undefined,
    loadBalancerController: annotated({ name: "edge" }),
  },
  tags: {
    given: { tags: { team: "web" } },
    nodePort: { type: "TargetGroup", inputs: { tags: { team: "web" } } },
    loadBalancer: annotated({ "additional-resource-tags": "team=web" }),
  },
  deletionProtection: {
    given: { deletionProtection: true },
    nodePort: { type: "LoadBalancer", inputs: { enableDeletionProtection: true } },
    loadBalancer: undefined,
    attributes: { "deletion_protection.enabled": "true" },
  },
  accessLogs: {
    given: { accessLogs: { bucket: "logs", prefix: "edge" } },
    nodePort: {
      type: "LoadBalancer",
      inputs: { accessLogs: { bucket: "logs", prefix: "edge", enabled: true } },
    },
    loadBalancer: annotated({
      "access-log-enabled": "true",
      "access-log-s3-bucket-name": "logs",
      "access-log-s3-bucket-prefix": "edge",
    }),
    attributes: {
      "access_logs.s3.enabled": "true",
      "access_logs.s3.bucket": "logs",
      "access_logs.s3.prefix": "edge",
    },
  },
  quotas: { given: { quotas: { rulesPerSecurityGroup: 100 } }, nodePort: undefined, loadBalancer: undefined },
};
