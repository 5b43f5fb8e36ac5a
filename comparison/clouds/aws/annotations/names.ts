/**
 * Names of annotations of Services on AWS: who reads them, and what stands for them with the other controller. Without their prefix.
 *
 * The AWS cloud controller manager: kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go (constants ServiceAnnotationLoadBalancer...) and
 * docs/service_controller.md. The AWS Load Balancer Controller: pkg/annotations/constants.go (SvcLB...) and
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */

export const betaPrefix = "service.beta.kubernetes.io/";
/** Of the names that either controller reads. */
export const annotationPrefix = `${betaPrefix}aws-load-balancer-`;

/** Of labels, by mistake. A label with another name has a meaning of its own. */
export const looksMeantAsLabel =
  /^service\.(?:alpha|beta)\.kubernetes\.io\/|aws-load-?balancer-|load-balancer-source-ranges$/i;

/** Such as networking.gke.io/load-balancer-type. The AWS Load Balancer Controller reads its annotations for Ingresses from Services, too. */
const ofAnyLoadBalancer = /^(?!alb\.ingress\.kubernetes\.io\/)[^/]*\/[^/]*load-?balancer/i;

/** Annotations that look meant for a controller of load balancers: also with another prefix, or none. Those of other clouds are among them. */
export const looksMeant = new RegExp(`${looksMeantAsLabel.source}|${ofAnyLoadBalancer.source}`, "i");

/** What comes after the prefix and `aws-load-balancer-`, in small letters; undefined if the name has another form. */
export function suffixOf(name: string): string | undefined {
  return /aws-load-?balancer-(.+)$/i.exec(name)?.[1]?.toLowerCase();
}

export function annotationNamed(suffix: string): string {
  return annotationPrefix + suffix;
}

/** Names that the cloud controller manager reads only for a Classic Load Balancer, with what a Network Load Balancer does. */
export const classicOnly: Readonly<Record<string, { readonly gets: string; readonly instead?: string }>> = {
  "proxy-protocol": {
    gets: "only proxy_protocol_v2.enabled of the target groups decides whether pods get proxy protocol headers",
    instead: `${annotationNamed("target-group-attributes")}: proxy_protocol_v2.enabled=true`,
  },
  "access-log-emit-interval": { gets: "AWS chooses the interval" },
  "connection-draining-enabled": {
    gets: "connections are drained for the target groups' deregistration delay",
  },
  "connection-draining-timeout": { gets: "the deregistration delay is AWS's default of 300 s" },
  "connection-idle-timeout": { gets: "the idle time-out is AWS's default of 350 s" },
};

/** Names that only the AWS Load Balancer Controller reads. Empty if there is nothing to say of what the cloud controller manager makes. */
export const loadBalancerControllerOnly: Readonly<
  Record<string, { readonly gets?: string; readonly instead?: string }>
> = {
  scheme: { instead: annotationNamed("internal") },
  "nlb-target-type": { gets: "targets are the nodes' instances" },
  name: { gets: "the load balancer is named after the Service's uid" },
  attributes: {
    gets: "attributes are AWS's defaults, but for cross-zone load balancing and access logs",
    instead: annotationNamed("cross-zone-load-balancing-enabled"),
  },
  "ip-address-type": { gets: "the load balancer has IPv4 addresses only" },
  "proxy-protocol-per-target-group": {
    gets: "all target groups are alike",
    instead: `${annotationNamed("target-group-attributes")}: proxy_protocol_v2.enabled=true`,
  },
  "healthcheck-success-codes": { gets: "a health check over HTTP takes the codes 200-399" },
  "eip-allocations-discovery-tags": { instead: annotationNamed("eip-allocations") },
  "ipv6-addresses": { gets: "the load balancer has IPv4 addresses only" },
  "alpn-policy": { gets: "there is no ALPN policy" },
  "manage-backend-security-group-rules": { gets: "the controller opens the nodes' security groups" },
  "inbound-sg-rules-on-private-link-traffic": {},
  "security-group-prefix-lists": { instead: "spec.loadBalancerSourceRanges" },
  "listener-attributes": { gets: "listeners have AWS's defaults" },
  "multi-cluster-target-group": { gets: "the controller takes out targets that are not its own" },
  "enable-prefix-for-ipv6-source-nat": { gets: "the load balancer has IPv4 addresses only" },
  "source-nat-ipv6-prefixes": { gets: "the load balancer has IPv4 addresses only" },
  "minimum-load-balancer-capacity": { gets: "no capacity is reserved" },
  "enable-icmp-for-path-mtu-discovery": {
    gets: "the controller always opens the nodes for path MTU discovery",
  },
  "enable-tcp-udp-listener": { gets: "a listener is TCP, UDP or TLS" },
  "disable-nlb-sg": {},
  "quic-enabled-ports": { gets: "a listener is TCP, UDP or TLS" },
  "quic-enabled-containers": { gets: "a listener is TCP, UDP or TLS" },
};

/** Names that both controllers read. */
const both = [
  "type",
  "internal",
  "access-log-enabled",
  "access-log-s3-bucket-name",
  "access-log-s3-bucket-prefix",
  "cross-zone-load-balancing-enabled",
  "ssl-cert",
  "ssl-ports",
  "ssl-negotiation-policy",
  "backend-protocol",
  "additional-resource-tags",
  "healthcheck-healthy-threshold",
  "healthcheck-unhealthy-threshold",
  "healthcheck-interval",
  "healthcheck-protocol",
  "healthcheck-port",
  "healthcheck-path",
  "target-group-attributes",
  "subnets",
  "eip-allocations",
  "private-ipv4-addresses",
  "target-node-labels",
] as const;

/** Names that have an effect on a Network Load Balancer of the cloud controller manager. */
export const cloudControllerManagerNames: readonly string[] = both;

/** Names that have an effect on a Network Load Balancer of the AWS Load Balancer Controller. */
export const loadBalancerControllerNames: readonly string[] = [
  ...both,
  ...Object.keys(loadBalancerControllerOnly),
  "proxy-protocol",
  "healthcheck-timeout",
  "security-groups",
];
