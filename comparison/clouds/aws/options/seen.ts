/** Where the lab shows that an option does what it says, or why it cannot. */
import type { OptionName } from "../../../../components/aws/support/row.ts";

/** A scenario, or a test with its title, in which traffic shows it; or what the lab lacks for that. */
export type Seen =
  | { readonly scenario: string }
  | { readonly test: string; readonly title: string }
  | { readonly notShown: string };

const dataPlane = (file: string, title: string): Seen => ({
  test: `test/live/clouds/aws/balancer/${file}.test.ts`,
  title,
});
const long = (file: string, title: string): Seen => ({ test: `test/long/${file}.test.ts`, title });

export const seen: Readonly<Record<OptionName | "loadBalancer", Seen>> = {
  "ports[].port": { scenario: "change-ports" },
  "ports[].protocol": long(
    "bothProtocols",
    "have one listener and target group, and both are answered, by all pods",
  ),
  "ports[].targetPort": { scenario: "answers" },
  "ports[].nodePort": { scenario: "change-node-port" },
  allocateLoadBalancerNodePorts: {
    test: "test/live/clouds/aws/loadBalancerController/podTargets.test.ts",
    title:
      "are registered by their own addresses, which their node's network interface has, without node ports",
  },
  "ports[].appProtocol": { notShown: "nothing between client and pod reads it" },
  "ports[].tls": long(
    "tls",
    "is answered by every way, with the certificate for the name and the ALPN policy's protocol",
  ),
  "ports[].healthCheck": dataPlane("health", "has AWS's states and reasons"),
  healthCheck: dataPlane("health", "removes a node whose checks fail from service, and restores it"),
  healthCheckNodePort: long(
    "healthCheckNodePort",
    "takes a node out while its last pod still answers, so that no request is lost",
  ),
  crossZoneLoadBalancing: { scenario: "spread" },
  targetGroupCrossZoneLoadBalancing: dataPlane(
    "routing",
    "spread over the nodes of all zones with cross-zone load balancing",
  ),
  dnsRecordClientRoutingPolicy: {
    notShown: "the lab's clients are outside of all zones, where the policy changes nothing",
  },
  targetType: { scenario: "roll-out-of-targets" },
  preserveClientIp: { scenario: "client-address" },
  proxyProtocolV2: { scenario: "proxy-protocol" },
  stickiness: long("options", "send a client to one node with stickiness, and to several without"),
  sessionAffinity: { notShown: "it is Kubernetes' own, whoever makes the load balancer" },
  trafficDistribution: { notShown: "it is Kubernetes' own, whoever makes the load balancer" },
  externalTrafficPolicy: { scenario: "change-policy" },
  tcpIdleTimeoutSeconds: dataPlane(
    "connections",
    "over TCP are dropped after the listener's idle timeout: the next packet gets a reset",
  ),
  deregistrationDelaySeconds: { scenario: "draining" },
  connectionTermination: dataPlane(
    "connections",
    "are reset at the end of the deregistration delay, not before, if the target group says so",
  ),
  unhealthyConnectionTermination: dataPlane(
    "health",
    "keeps them if the target group says so, or during unhealthy.draining",
  ),
  unhealthyDrainingIntervalSeconds: dataPlane(
    "health",
    "keeps them if the target group says so, or during unhealthy.draining",
  ),
  targetGroupHealth: {
    notShown: "one node in each zone leaves no minimum between none and all; unit tests try the routes",
  },
  ipAddressType: { notShown: "the lab's network has no IPv6" },
  scheme: { scenario: "change-scheme" },
  subnetIds: dataPlane(
    "routing",
    "go from each zone's address to that zone's node, and keep the client's address",
  ),
  eipAllocationIds: { notShown: "the lab's load balancers have public addresses of its own" },
  privateIpv4Addresses: { notShown: "the lab chooses the private addresses itself" },
  loadBalancerSourceRanges: long(
    "securityGroups",
    "let in nobody but the source ranges, while the health checks succeed",
  ),
  sourcePrefixLists: dataPlane(
    "firewall",
    "let in whoever is in a prefix list, as the list is now, and nobody else",
  ),
  sourceSecurityGroups: dataPlane(
    "firewall",
    "let in the members of a group by their private addresses, and nobody else",
  ),
  securityGroups: long("securityGroups", "close the nodes to clients"),
  enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: { notShown: "the lab has no PrivateLink" },
  loadBalancerName: { notShown: "traffic has no part in it" },
  tags: { notShown: "traffic has no part in it" },
  deletionProtection: { notShown: "traffic has no part in it" },
  accessLogs: { notShown: "the lab writes no access logs" },
  unhealthyHostCountAlarm: { notShown: "the lab measures nothing for CloudWatch" },
  quotas: { notShown: "it is checked before anything is declared" },
  loadBalancer: long("sharedLoadBalancer", "answer their own clients alone, each by the pods of its Service"),
};
