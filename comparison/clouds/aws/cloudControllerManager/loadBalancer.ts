/** https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (ensureLoadBalancerv2) */
import { ipAddressType, loadBalancerAttributes } from "../defaults.ts";
import type { AwsClusterFacts, NlbFacts, SubnetFacts, ZoneFacts } from "../model.ts";
import { later } from "../../../model/later.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, annotationNames, flag } from "./annotations.ts";
import { listener } from "./listeners.ts";
import { loadBalancerName } from "./names.ts";
import { targetNodes } from "./nodes.ts";
import type { PortMapping } from "./portMappings.ts";
import { Refused } from "./refused.ts";
import { schemeOf } from "./subnets.ts";
import { tagsOf } from "./tags.ts";
import { targetGroup, targetGroupId } from "./targetGroups.ts";

/** @throws Refused */
export function loadBalancer(
  service: ServiceFacts,
  cluster: AwsClusterFacts,
  mappings: readonly PortMapping[],
  subnets: readonly SubnetFacts[],
): NlbFacts {
  const nodes = targetNodes(service, cluster.nodes);
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
    // aws.go (ensureNLBSecurityGroup): none, unless the controller is configured with NLBSecurityGroupMode=Managed.
    securityGroups: [],
    tags: tagsOf(service, cluster),
    listeners: mappings.map((mapping) => listener(service, mapping, targetGroupId(mapping))),
    pools: mappings.map((mapping) => targetGroup(service, cluster, mapping, nodes)),
    attributes: attributesOf(service),
  };
}

/** @throws Refused */
function zonesOf(service: ServiceFacts, subnets: readonly SubnetFacts[]): ZoneFacts[] {
  perSubnet(service, "eipAllocations", subnets);
  const given = perSubnet(service, "privateIpv4Addresses", subnets);
  const addresses = schemeOf(service) === "internal" ? given : undefined;
  return subnets.map(({ zone, id }, index) => ({
    zone,
    subnet: id,
    addresses: [addresses?.[index] ?? later],
  }));
}

function perSubnet(
  service: ServiceFacts,
  name: "eipAllocations" | "privateIpv4Addresses",
  subnets: readonly SubnetFacts[],
): readonly string[] | undefined {
  const items = annotation(service, name)?.split(",");
  if (items !== undefined && items.length !== subnets.length) {
    throw new Refused(
      `${annotationNames[name]} has ${items.length} items for ${subnets.length} subnets; it must have one for each`,
    );
  }
  return items;
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
