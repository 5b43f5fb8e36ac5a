/** Services on which the model of the AWS Load Balancer Controller is held against the real one. */
import type { NetworkLoadBalancerOptions } from "../../../../../components/index.ts";
import { loadBalancerControllerAnnotations } from "../../../../../components/aws/loadBalancerController.ts";
import { annotationNames } from "../../../../../comparison/clouds/aws/loadBalancerController/annotations.ts";
import type { AnnotationName } from "../../../../../comparison/clouds/aws/loadBalancerController/annotations.ts";
import { allocations, certificate, prefixLists, withIds } from "./account.ts";
import type { Ids } from "./account.ts";
import { namespace } from "./controllerLab.ts";
import type { Manifest } from "./controllerLab.ts";

export interface Tried {
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: object;
}

type Named = Partial<Record<AnnotationName, string>>;

const tried = (name: string, named: Named = {}, spec: object = {}, others = {}): Tried => ({
  name,
  annotations: {
    ...Object.fromEntries(
      Object.entries(named).map(([key, value]) => [annotationNames[key as AnnotationName], value]),
    ),
    ...others,
  },
  spec,
});

const port = (number: number, more: object = {}) => ({
  name: `port-${number}`,
  port: number,
  targetPort: 8080,
  ...more,
});
const facing = { scheme: "internet-facing" } as const;

/** What a LoadBalancerExposure with these options declares. */
const asDeclared = (name: string, options: Partial<NetworkLoadBalancerOptions>): Tried => ({
  name,
  annotations: loadBalancerControllerAnnotations({ loadBalancerSourceRanges: [], ...options }, [
    { name: "port-80", port: 80 },
  ]),
  spec: {},
});

const ipv6Zones = ["us-west-2a", "us-west-2b", "us-west-2c"];
export const ipv6Subnets = ipv6Zones.map((zone) => `dev-ipv6-${zone}`);
/** One of each of these subnets. */
const ipv6Addresses = ["2001:db8:1234:1a02::9", "2001:db8:1234:1a00::9", "2001:db8:1234:1a01::9"];
const dualstack = { ...facing, ipAddressType: "dualstack", subnets: ipv6Subnets.join() } as const;

/** What the controller makes a load balancer of. */
export const made: readonly Tried[] = [
  tried("by-default"),
  tried("internet-facing", facing),
  tried("old-scheme", { internal: "false" }),
  tried("several-ports", facing, { ports: [port(80), port(443), port(8443, { targetPort: "web" })] }),
  tried(
    "udp",
    { ...facing, healthCheckPort: "10256", healthCheckProtocol: "http" },
    {
      ports: [port(53, { protocol: "UDP" })],
    },
  ),
  tried(
    "tcp-and-udp",
    { ...facing, healthCheckPort: "10256" },
    {
      ports: [port(80), port(53, { protocol: "UDP" })],
    },
  ),
  tried("one-number-twice", facing, {
    ports: [port(53, { name: "tcp" }), port(53, { name: "udp", protocol: "UDP" })],
  }),
  tried(
    "one-number-merged",
    { ...facing, tcpUdp: "true" },
    {
      ports: [port(53, { name: "tcp" }), port(53, { name: "udp", protocol: "UDP" })],
    },
  ),
  tried("local", facing, { externalTrafficPolicy: "Local" }),
  tried("local-tcp-check", { ...facing, healthCheckProtocol: "TCP" }, { externalTrafficPolicy: "Local" }),
  tried("check", {
    ...facing,
    healthCheckProtocol: "HTTP",
    healthCheckPort: "10256",
    healthCheckPath: "/healthz",
    healthCheckInterval: "20",
    healthCheckTimeout: "5",
    healthyThreshold: "2",
    unhealthyThreshold: "4",
    successCodes: "200-204",
  }),
  tried("check-at-a-named-port", { ...facing, healthCheckPort: "port-81" }, { ports: [port(80), port(81)] }),
  tried("ranges", facing, { loadBalancerSourceRanges: ["203.0.113.0/24", "198.51.100.0/24"] }),
  tried("ranges-in-an-annotation", { ...facing, sourceRanges: "203.0.113.0/24, 10.0.0.0/8" }),
  tried("unnetworked-range", facing, { loadBalancerSourceRanges: ["203.0.113.7/24"] }),
  tried("path-mtu", { ...facing, pathMtu: "on" }, { loadBalancerSourceRanges: ["203.0.113.0/24"] }),
  tried("attributes", {
    ...facing,
    attributes: "load_balancing.cross_zone.enabled=true,deletion_protection.enabled=false",
  }),
  tried("cross-zone", { ...facing, crossZone: "true" }),
  tried("access-logs", { ...facing, accessLog: "true", accessLogBucket: "logs", accessLogPrefix: "web" }),
  tried("target-group-attributes", {
    ...facing,
    targetGroupAttributes:
      "deregistration_delay.timeout_seconds=30,preserve_client_ip.enabled=false,stickiness.enabled=true,stickiness.type=source_ip",
  }),
  tried(
    "attributes-of-a-port",
    { ...facing, targetGroupAttributes: "deregistration_delay.timeout_seconds=30" },
    { ports: [port(80), port(81)] },
    {
      [`${annotationNames.targetGroupAttributes}.81`]: "deregistration_delay.timeout_seconds=60",
    },
  ),
  tried("proxy-protocol", { ...facing, proxyProtocol: "*" }),
  tried("proxy-protocol-of-a-port", { ...facing, proxyProtocolPorts: "81" }, { ports: [port(80), port(81)] }),
  tried(
    "listener-attributes",
    facing,
    {},
    {
      [`${annotationNames.listenerAttributes}.TCP-80`]: "tcp.idle_timeout.seconds=400",
    },
  ),
  tried("tags", { ...facing, additionalTags: "team=shop,query=a=b,elbv2.k8s.aws/cluster=mine" }),
  tried("a-name", { ...facing, name: "a-name-of-its-own" }),
  tried("named-zones", { ...facing, subnets: "dev-public-us-west-2a,dev-public-us-west-2c" }),
  tried("private-addresses", { privateIpv4Addresses: "10.0.128.77,10.0.144.77,10.0.160.77" }),
  tried(
    "without-groups",
    { ...facing, withoutGroups: "true" },
    { loadBalancerSourceRanges: ["203.0.113.0/24"] },
  ),
  tried(
    "without-groups-of-udp",
    { ...facing, withoutGroups: "true", healthCheckPort: "10256" },
    {
      ports: [port(53, { protocol: "UDP" })],
    },
  ),
  tried("without-groups-or-client-addresses", {
    ...facing,
    withoutGroups: "true",
    targetGroupAttributes: "preserve_client_ip.enabled=false",
  }),
  tried("without-rules", { ...facing, withoutGroups: "true", manageNodeRules: "false" }),
  tried(
    "tls",
    {
      ...facing,
      certificate,
      sslPorts: "443",
    },
    { ports: [port(80), port(443)] },
  ),
  tried(
    "tls-to-the-nodes",
    {
      ...facing,
      certificate,
      backendProtocol: "ssl",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      alpnPolicy: "HTTP2Preferred",
    },
    { ports: [port(443)] },
  ),
  tried("no-such-node", { ...facing, targetNodeLabels: "pool=none" }),
  tried("one-zone-of-nodes", { ...facing, targetNodeLabels: "topology.kubernetes.io/zone=us-west-2b" }),
  tried("internal-and-by-type", { type: "external", targetType: "instance" }),
  tried("affinity", facing, { sessionAffinity: "ClientIP" }),
  tried("dualstack", dualstack),
  tried("dualstack-ranges", dualstack, { loadBalancerSourceRanges: ["203.0.113.0/24", "2001:DB8:0::1/32"] }),
  tried("dualstack-path-mtu", { ...dualstack, pathMtu: "on" }),
  tried("dualstack-inside", { ...dualstack, scheme: "internal" }),
  tried("dualstack-without-groups", { ...dualstack, withoutGroups: "true" }),
  tried("dualstack-addresses", { ...dualstack, ipv6Addresses: ipv6Addresses.join() }),
  tried(
    "dualstack-udp",
    { ...dualstack, prefixForSourceNat: "on", healthCheckPort: "10256", healthCheckProtocol: "http" },
    { ports: [port(53, { protocol: "UDP" })] },
  ),
  tried("dualstack-source-nat", {
    ...dualstack,
    prefixForSourceNat: "on",
    sourceNatPrefixes: "2001:db8:1234:1a00:1::/80,auto_assigned,2001:db8:1234:1a02:1::/80",
  }),
  tried("prefix-lists", { ...facing, prefixLists: prefixLists.join(", ") }),
  tried(
    "prefix-lists-and-ranges",
    { ...facing, prefixLists: `${prefixLists[0]},${prefixLists[0]}` },
    { loadBalancerSourceRanges: ["203.0.113.0/24"], ports: [port(80), port(53, { protocol: "UDP" })] },
  ),
  tried("no-prefix-list", { ...facing, prefixLists: "" }),
  tried("given-groups", { ...facing, securityGroups: "sg-11111111, sg-22222222" }),
  tried("given-groups-and-rules", {
    ...facing,
    securityGroups: "sg-22222222",
    manageNodeRules: "true",
  }),
  tried(
    "given-groups-and-ranges",
    { securityGroups: "sg-22222222", prefixLists: prefixLists[0] },
    { loadBalancerSourceRanges: ["203.0.113.0/24"] },
  ),
  tried("no-given-group", { ...facing, securityGroups: " , " }),
  tried("elastic-addresses", { ...facing, eipAllocations: allocations.slice(0, 3).join() }),
  tried("elastic-addresses-of-named-zones", {
    ...facing,
    eipAllocations: allocations.slice(3, 5).join(", "),
    subnets: "dev-public-us-west-2c,dev-public-us-west-2a",
  }),
  tried("private-link-off", { ...facing, privateLink: "off" }),
  asDeclared("as-declared-by-default", {}),
  asDeclared("as-declared-with-all-options", {
    crossZoneLoadBalancing: true,
    targetGroupCrossZoneLoadBalancing: false,
    dnsRecordClientRoutingPolicy: "availability_zone_affinity",
    preserveClientIp: false,
    proxyProtocolV2: true,
    stickiness: "source_ip",
    tcpIdleTimeoutSeconds: 400,
    deregistrationDelaySeconds: 30,
    connectionTermination: true,
    unhealthyConnectionTermination: false,
    unhealthyDrainingIntervalSeconds: 60,
    targetGroupHealth: {
      dnsFailover: "off",
      unhealthyStateRouting: { minimumHealthyTargetsPercentage: 50 },
    },
    loadBalancerName: "with-all-options",
    accessLogs: { bucket: "logs", prefix: "a,b" },
    tags: { team: "shop" },
    healthCheck: { protocol: "HTTP", port: 10256, path: "/healthz", matcher: "200-204", timeoutSeconds: 5 },
  }),
];

/** What the controller makes, and what is not predicted of it once it is there. */
export const madeButNotPredicted: readonly Tried[] = [
  tried("groups-by-name", { ...facing, securityGroups: "partners,sg-11111111" }),
];

/** What the controller itself refuses, with the reason in an event of the Service. */
export const refused: readonly Tried[] = [
  tried("group-twice", { ...facing, securityGroups: "sg-11111111,sg-11111111" }),
  tried("private-link-without-groups", { ...facing, withoutGroups: "true", privateLink: "off" }),
  tried(
    "check-of-pods-at-a-name",
    { ...facing, targetType: "ip", healthCheckPort: "web" },
    { ports: [port(80, { name: "web", targetPort: "http" })] },
  ),
  tried("scheme-that-is-none", { scheme: "public" }),
  tried("no-such-subnet", { ...facing, subnets: "nowhere" }),
  tried("addresses-of-other-subnets", {
    ...dualstack,
    ipv6Addresses: "2001:db8:1234:1a00::9,2001:db8:1234:1a00::8,2001:db8:1234:1a02::9",
  }),
  tried("too-few-ipv6-addresses", { ...dualstack, ipv6Addresses: "2001:db8:1234:1a00::9" }),
  tried("ipv6-addresses-that-are-none", { ...dualstack, ipv6Addresses: "10.0.0.1,here,there" }),
  tried("prefix-that-is-none", { ...dualstack, prefixForSourceNat: "true" }),
  tried("prefix-of-ipv4", { ...facing, prefixForSourceNat: "on" }),
  tried("prefix-in-other-subnets", { ...facing, ipAddressType: "dualstack", prefixForSourceNat: "on" }),
  tried("source-nat-of-ipv4", { ...facing, sourceNatPrefixes: "auto_assigned" }),
  tried("source-nat-that-is-off", { ...dualstack, sourceNatPrefixes: "auto_assigned" }),
  ...[
    "auto_assigned",
    "auto,auto,auto",
    "auto_assigned,auto_assigned,2001:db8:1234:1a02::/64",
    "auto_assigned,auto_assigned,10.0.0.0/80",
    "2001:db8:1234:1a01::/80,auto_assigned,auto_assigned",
  ].map((sourceNatPrefixes, index) =>
    tried(`source-nat-prefixes-${index + 1}`, { ...dualstack, prefixForSourceNat: "on", sourceNatPrefixes }),
  ),
  tried("address-type-that-is-none", { ...facing, ipAddressType: "ipv6" }),
  tried("attributes-that-are-none", { ...facing, attributes: "cross-zone" }),
  tried("routing-policy-that-is-none", { ...facing, attributes: "dns_record.client_routing_policy=near" }),
  tried("truth-that-is-none", { ...facing, crossZone: "yes" }),
  tried("no-truth-for-groups", { ...facing, withoutGroups: "yes" }),
  tried("capacity-of-what", { ...facing, capacity: "Units=5" }),
  tried("ipv6-range", { ...facing, sourceRanges: "2001:db8::/32" }),
  tried("too-long-a-name", { ...facing, name: "a-name-with-more-than-32-letters-" }),
  tried("private-link-that-is-none", { ...facing, privateLink: "maybe" }),
  tried("addresses-of-the-wrong-scheme", { ...facing, privateIpv4Addresses: "10.0.0.7,10.0.16.7,10.0.32.7" }),
  tried("elastic-addresses-inside", { eipAllocations: "eipalloc-1,eipalloc-2,eipalloc-3" }),
  tried("too-few-elastic-addresses", { ...facing, eipAllocations: "eipalloc-1" }),
  tried("address-that-is-none", { privateIpv4Addresses: "here,there,nowhere" }),
  tried("ipv6-addresses", { ...facing, ipv6Addresses: "2001:db8::1,2001:db8::2,2001:db8::3" }),
  tried(
    "merged-what",
    { ...facing, tcpUdp: "true" },
    {
      ports: [port(53, { name: "udp", protocol: "UDP" }), port(53, { name: "sctp", protocol: "SCTP" })],
    },
  ),
  tried("no-such-tls-port", {
    ...facing,
    certificate,
    sslPorts: "https",
  }),
  tried("alpn-policy-that-is-none", {
    ...facing,
    certificate,
    alpnPolicy: "HTTP3",
  }),
  tried("no-node-ports", facing, { allocateLoadBalancerNodePorts: false }),
  tried("check-by-what", { ...facing, healthCheckProtocol: "UDP" }),
  tried("check-at-what", { ...facing, healthCheckPort: "status" }),
  tried("check-how-often", { ...facing, healthCheckInterval: "often" }),
  tried("check-how-long", { ...facing, healthCheckTimeout: "5.5" }),
  tried("group-attributes-that-are-none", { ...facing, targetGroupAttributes: "sticky" }),
  tried("client-address-perhaps", { ...facing, targetGroupAttributes: "preserve_client_ip.enabled=perhaps" }),
  tried("proxy-protocol-on-what", { ...facing, proxyProtocol: "true" }),
  tried("proxy-protocol-of-what", { ...facing, proxyProtocolPorts: "http" }),
  tried("labels-that-are-none", { ...facing, targetNodeLabels: "edge" }),
  tried("clusters-perhaps", { ...facing, multiCluster: "perhaps" }),
  tried("tags-that-are-none", { ...facing, additionalTags: "team" }),
  tried(
    "listener-attributes-that-are-none",
    facing,
    {},
    {
      [`${annotationNames.listenerAttributes}.TCP-80`]: "idle",
    },
  ),
];

export const serviceOf = ({ name, annotations, spec }: Tried, ids: Ids): Manifest => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: {
    name,
    namespace,
    annotations: Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [key, withIds(value, ids)]),
    ),
  },
  spec: {
    type: "LoadBalancer",
    selector: { app: "web" },
    ports: [port(80)],
    ...(annotations[annotationNames.type] === undefined ? { loadBalancerClass: "service.k8s.aws/nlb" } : {}),
    ...spec,
  },
});
