/** https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (ensureLoadBalancerv2) */
import { enforcedOnPrivateLink, ipAddressType, loadBalancerAttributes } from "../defaults.ts";
import type { AwsClusterFacts, NlbFacts, SubnetFacts, ZoneFacts } from "../model.ts";
import { later } from "../../../model/later.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, flag } from "./annotations.ts";
import type { Configuration } from "./configuration.ts";
import { listener } from "./listeners.ts";
import { loadBalancerName } from "./names.ts";
import { targetNodes } from "./nodes.ts";
import type { PortMapping } from "./portMappings.ts";
import { schemeOf } from "./subnets.ts";
import { tagsOf } from "./tags.ts";
import { targetGroupId } from "../names.ts";
import { targetGroup } from "./targetGroups.ts";

export function loadBalancer(
  service: ServiceFacts,
  cluster: AwsClusterFacts,
  mappings: readonly PortMapping[],
  subnets: readonly SubnetFacts[],
  configuration: Configuration,
  existing: NlbFacts | undefined,
): NlbFacts {
  const nodes = targetNodes(service, cluster.nodes);
  const securityGroups = configuration.managesSecurityGroups ? ownGroups(existing) : [];
  return {
    identity: { name: loadBalancerName(service), id: later },
    owner: "cloud controller",
    address: later,
    type: "network",
    state: "active",
    scheme: schemeOf(service),
    ipAddressType,
    vpc: cluster.vpc,
    zones: zonesOf(service, subnets),
    securityGroups,
    // It never sends it.
    ...(securityGroups.length === 0
      ? {}
      : { enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforcedOnPrivateLink }),
    tags: tagsOf(service, cluster),
    listeners: mappings.map((mapping) => listener(service, mapping, targetGroupId(mapping))),
    pools: mappings.map((mapping) => targetGroup(service, cluster, mapping, nodes, configuration)),
    attributes: attributesOf(service),
  };
}

/** An existing load balancer keeps those that it has. aws.go (ensureNLBSecurityGroup) */
function ownGroups(existing: NlbFacts | undefined): readonly string[] {
  return existing === undefined || existing.securityGroups.length === 0 ? [later] : existing.securityGroups;
}

/** AWS takes private addresses only for an internal load balancer, and Elastic IP addresses only for one that is not. */
function zonesOf(service: ServiceFacts, subnets: readonly SubnetFacts[]): ZoneFacts[] {
  const isInternal = schemeOf(service) === "internal";
  const addresses = isInternal ? perSubnet(service, "privateIpv4Addresses") : undefined;
  const allocations = isInternal ? undefined : perSubnet(service, "eipAllocations");
  return subnets.map(({ zone, id }, index) => ({
    zone,
    subnet: id,
    addresses: [addresses?.[index] ?? later],
    ...(allocations === undefined ? {} : { elasticAddresses: allocations.slice(index, index + 1) }),
  }));
}

/** The items of a list that must have one for each subnet; the controller does not trim them. aws_loadbalancer.go (ensureLoadBalancerv2) */
export function perSubnet(
  service: ServiceFacts,
  name: "eipAllocations" | "privateIpv4Addresses",
): readonly string[] | undefined {
  return annotation(service, name)?.split(",");
}

/** Only these are ever sent, and a bucket only with access logs. aws_loadbalancer.go (reconcileLBAttributes) */
function attributesOf(service: ServiceFacts): Readonly<Record<string, string>> {
  const crossZone = flag(service, "crossZone");
  const accessLogs = flag(service, "accessLog");
  return {
    ...loadBalancerAttributes,
    "load_balancing.cross_zone.enabled": String(crossZone),
    "access_logs.s3.enabled": String(accessLogs),
    ...(accessLogs
      ? {
          "access_logs.s3.bucket": annotation(service, "accessLogBucket") ?? "",
          "access_logs.s3.prefix": annotation(service, "accessLogPrefix") ?? "",
        }
      : {}),
  };
}
