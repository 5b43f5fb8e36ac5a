import type { NetworkLoadBalancerOptions, NetworkLoadBalancerPort } from "./options.ts";

/**
 * What each way makes of each option. `docs/options.md` shows it, and `restrictions.ts` refuses what a way cannot do.
 * Source for the AWS cloud controller manager: kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go, aws_loadbalancer.go (ensureLoadBalancerv2,
 * reconcileLBAttributes) and aws_validations.go (validateServiceAnnotationTargetGroupAttributes). For the AWS Load Balancer Controller:
 * kubernetes-sigs/aws-load-balancer-controller v3.2.2, pkg/service/model_build_*.go.
 */

export type OptionGroup = "ports" | "health check" | "traffic" | "addresses" | "firewall" | "operations";

/** The resource or field that has the option, or what continues "the controller ...". */
export type Support = { readonly by: string; readonly but?: string } | { readonly cannot: string };

export interface OptionSupport {
  readonly group: OptionGroup;
  readonly nodePort: Support;
  /** A LoadBalancer Service that the AWS cloud controller manager serves. */
  readonly loadBalancer: Support;
  /** A LoadBalancer Service that the AWS Load Balancer Controller serves. */
  readonly loadBalancerController: Support;
}

const service = (field: string, but?: string): Support =>
  but === undefined ? { by: `Service: ${field}` } : { by: `Service: ${field}`, but };
const annotation = (name: string): Support => ({ by: `annotation aws-load-balancer-${name}` });
const annotations = (...names: readonly string[]): Support => ({
  by: `annotations ${names.map((name) => `aws-load-balancer-${name}`).join(", ")}`,
});
const loadBalancer = (argument: string): Support => ({ by: `LoadBalancer: ${argument}` });
const targetGroup = (argument: string): Support => ({ by: `TargetGroup: ${argument}` });

const onlyTwoAttributes =
  "refuses every target group attribute but client IP preservation and proxy protocol, so AWS's default applies";

/** A port's option has its path in a port. */
export type OptionName =
  keyof NetworkLoadBalancerOptions | `ports[].${Exclude<keyof NetworkLoadBalancerPort, "name">}`;

export const support: Readonly<Record<OptionName, OptionSupport>> = {
  "ports[].port": {
    group: "ports",
    nodePort: { by: "Listener: port" },
    loadBalancer: service("spec.ports[].port"),
    loadBalancerController: service("spec.ports[].port"),
  },
  "ports[].protocol": {
    group: "ports",
    nodePort: { by: "Listener and TargetGroup: protocol, TCP_UDP for both on one number" },
    loadBalancer: service("spec.ports[].protocol", "refuses TCP and UDP in one Service"),
    loadBalancerController: {
      by: "Service: spec.ports[].protocol; annotation enable-tcp-udp-listener for both on one number",
    },
  },
  "ports[].targetPort": {
    group: "ports",
    nodePort: service("spec.ports[].targetPort"),
    loadBalancer: service("spec.ports[].targetPort"),
    loadBalancerController: service("spec.ports[].targetPort"),
  },
  "ports[].nodePort": {
    group: "ports",
    nodePort: service("spec.ports[].nodePort"),
    loadBalancer: service("spec.ports[].nodePort"),
    loadBalancerController: service("spec.ports[].nodePort"),
  },
  "ports[].appProtocol": {
    group: "ports",
    nodePort: service("spec.ports[].appProtocol"),
    loadBalancer: service("spec.ports[].appProtocol"),
    loadBalancerController: service("spec.ports[].appProtocol"),
  },
  "ports[].healthCheck": {
    group: "health check",
    nodePort: targetGroup("healthCheck"),
    loadBalancer: { by: "the Service's healthCheck", but: "has one check for all ports of a Service" },
    loadBalancerController: {
      by: "the Service's healthCheck",
      but: "has one check for all ports of a Service",
    },
  },
  healthCheck: {
    group: "health check",
    nodePort: targetGroup("healthCheck"),
    loadBalancer: {
      by: "annotations aws-load-balancer-healthcheck-protocol, -port, -path, -interval, -healthy-threshold, -unhealthy-threshold",
      but: "sends neither a time-out nor a matcher",
    },
    loadBalancerController: {
      by: "annotations aws-load-balancer-healthcheck-protocol, -port, -path, -success-codes, -interval, -timeout, -healthy-threshold, -unhealthy-threshold",
    },
  },
  crossZoneLoadBalancing: {
    group: "traffic",
    nodePort: loadBalancer("enableCrossZoneLoadBalancing"),
    loadBalancer: annotation("cross-zone-load-balancing-enabled"),
    loadBalancerController: annotation("attributes"),
  },
  dnsRecordClientRoutingPolicy: {
    group: "traffic",
    nodePort: loadBalancer("dnsRecordClientRoutingPolicy"),
    loadBalancer: { cannot: "never sends it, so AWS's any_availability_zone applies" },
    loadBalancerController: annotation("attributes"),
  },
  preserveClientIp: {
    group: "traffic",
    nodePort: targetGroup("preserveClientIp"),
    loadBalancer: annotation("target-group-attributes"),
    loadBalancerController: annotation("target-group-attributes"),
  },
  proxyProtocolV2: {
    group: "traffic",
    nodePort: targetGroup("proxyProtocolV2"),
    loadBalancer: annotation("target-group-attributes"),
    loadBalancerController: annotation("target-group-attributes"),
  },
  stickiness: {
    group: "traffic",
    nodePort: targetGroup("stickiness"),
    loadBalancer: { cannot: onlyTwoAttributes },
    loadBalancerController: annotation("target-group-attributes"),
  },
  sessionAffinity: {
    group: "traffic",
    nodePort: service("spec.sessionAffinity"),
    loadBalancer: service("spec.sessionAffinity", "refuses ClientIP"),
    loadBalancerController: service("spec.sessionAffinity"),
  },
  trafficDistribution: {
    group: "traffic",
    nodePort: service("spec.trafficDistribution"),
    loadBalancer: service("spec.trafficDistribution"),
    loadBalancerController: service("spec.trafficDistribution"),
  },
  externalTrafficPolicy: {
    group: "traffic",
    nodePort: service("spec.externalTrafficPolicy"),
    loadBalancer: service("spec.externalTrafficPolicy"),
    loadBalancerController: service("spec.externalTrafficPolicy"),
  },
  tcpIdleTimeoutSeconds: {
    group: "traffic",
    nodePort: { by: "Listener: tcpIdleTimeoutSeconds" },
    loadBalancer: { cannot: "never sends it, so AWS's 350 s apply" },
    loadBalancerController: annotation("listener-attributes.TCP-<port>"),
  },
  deregistrationDelaySeconds: {
    group: "traffic",
    nodePort: targetGroup("deregistrationDelay"),
    loadBalancer: { cannot: "sets no deregistration delay, so AWS's 300 s apply" },
    loadBalancerController: annotation("target-group-attributes"),
  },
  connectionTermination: {
    group: "traffic",
    nodePort: targetGroup("connectionTermination"),
    loadBalancer: { cannot: onlyTwoAttributes },
    loadBalancerController: annotation("target-group-attributes"),
  },
  unhealthyConnectionTermination: {
    group: "traffic",
    nodePort: targetGroup("targetHealthStates"),
    loadBalancer: { cannot: onlyTwoAttributes },
    loadBalancerController: annotation("target-group-attributes"),
  },
  unhealthyDrainingIntervalSeconds: {
    group: "traffic",
    nodePort: targetGroup("targetHealthStates"),
    loadBalancer: { cannot: onlyTwoAttributes },
    loadBalancerController: annotation("target-group-attributes"),
  },
  targetGroupHealth: {
    group: "traffic",
    nodePort: targetGroup("targetGroupHealth"),
    loadBalancer: { cannot: onlyTwoAttributes },
    loadBalancerController: annotation("target-group-attributes"),
  },
  scheme: {
    group: "addresses",
    nodePort: loadBalancer("internal"),
    loadBalancer: annotation("internal"),
    loadBalancerController: annotation("scheme"),
  },
  subnetIds: {
    group: "addresses",
    nodePort: loadBalancer("subnets"),
    loadBalancer: annotation("subnets"),
    loadBalancerController: annotation("subnets"),
  },
  eipAllocationIds: {
    group: "addresses",
    nodePort: loadBalancer("subnetMappings"),
    loadBalancer: {
      ...annotation("eip-allocations"),
      but: "takes the subnets in EC2's order, so each zone gets one of the addresses, whichever it is",
    },
    loadBalancerController: annotation("eip-allocations"),
  },
  privateIpv4Addresses: {
    group: "addresses",
    nodePort: loadBalancer("subnetMappings"),
    loadBalancer: {
      cannot:
        "takes the subnets in EC2's order and not in the annotation's, so an address may go to a subnet that does not contain it",
    },
    loadBalancerController: annotation("private-ipv4-addresses"),
  },
  loadBalancerSourceRanges: {
    group: "firewall",
    nodePort: { by: "SecurityGroupIngressRule: cidrIpv4, one for each range and port" },
    loadBalancer: service("spec.loadBalancerSourceRanges"),
    loadBalancerController: service("spec.loadBalancerSourceRanges"),
  },
  securityGroups: {
    group: "firewall",
    nodePort: loadBalancer("securityGroups"),
    loadBalancer: {
      cannot:
        "makes a security group only if its own configuration says so (NLBSecurityGroupMode=Managed), and takes none by an annotation",
    },
    loadBalancerController: {
      ...annotations("security-groups", "manage-backend-security-group-rules"),
      but: "makes its own without the annotation, and gives no groups to a load balancer that was made without",
    },
  },
  enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: {
    group: "firewall",
    nodePort: loadBalancer("enforceSecurityGroupInboundRulesOnPrivateLinkTraffic"),
    loadBalancer: {
      cannot: 'never sends it, so AWS\'s "on" applies to a load balancer with security groups',
    },
    loadBalancerController: annotation("inbound-sg-rules-on-private-link-traffic"),
  },
  loadBalancerName: {
    group: "operations",
    nodePort: loadBalancer("name"),
    loadBalancer: { cannot: "names the load balancer after the Service's UID" },
    loadBalancerController: annotation("name"),
  },
  tags: {
    group: "operations",
    nodePort: { by: "LoadBalancer, Listener and TargetGroup: tags" },
    loadBalancer: {
      ...annotation("additional-resource-tags"),
      but: "reads them only when it makes the load balancer",
    },
    loadBalancerController: annotation("additional-resource-tags"),
  },
  deletionProtection: {
    group: "operations",
    nodePort: loadBalancer("enableDeletionProtection"),
    loadBalancer: { cannot: "never sends it, and deletes the load balancer with its Service" },
    loadBalancerController: {
      ...annotation("attributes"),
      but: "keeps the Service until the annotation is off",
    },
  },
  accessLogs: {
    group: "operations",
    nodePort: loadBalancer("accessLogs"),
    loadBalancer: annotations(
      "access-log-enabled",
      "access-log-s3-bucket-name",
      "access-log-s3-bucket-prefix",
    ),
    loadBalancerController: annotation("attributes"),
  },
  quotas: {
    group: "operations",
    nodePort: { by: "checks before anything is declared" },
    loadBalancer: { by: "checks before anything is declared" },
    loadBalancerController: { by: "checks before anything is declared" },
  },
};
