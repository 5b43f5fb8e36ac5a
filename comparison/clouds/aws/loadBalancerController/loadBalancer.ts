/** pkg/service/model_build_load_balancer.go (buildLoadBalancerSpec) */
import { later } from "../../../model/later.ts";
import type { EndpointFacts, ServiceFacts } from "../../../model/service.ts";
import {
  enablePrefixForIpv6SourceNat,
  enforcedOnPrivateLink,
  loadBalancerAttributesOf,
} from "../defaults.ts";
import { addressInShort, rangeInShort } from "../ipv6InShort.ts";
import type { AwsClusterFacts, NlbFacts, SubnetFacts, ZoneFacts } from "../model.ts";
import { annotation, annotationNames, flag, list, pairsOf } from "./annotations.ts";
import { balancerAddressType, isDualstack } from "./ipAddressTypes.ts";
import { listener } from "./listeners.ts";
import { owner } from "./marks.ts";
import { loadBalancerName } from "./names.ts";
import type { PortMapping } from "./portMappings.ts";
import type { BalancerGroups } from "./securityGroups.ts";
import { isWithin, isWithinIpv6, schemeOf } from "./subnets.ts";
import { tagsOf } from "./tags.ts";
import { targetGroupId } from "../names.ts";
import { targetGroup } from "./targetGroups.ts";

/** What its load balancer depends on, besides the Service. */
interface Ground {
  readonly cluster: AwsClusterFacts;
  readonly mappings: readonly PortMapping[];
  readonly subnets: readonly SubnetFacts[];
  readonly groups: BalancerGroups;
  /** The Service's pods; undefined if they are not known. */
  readonly endpoints: readonly EndpointFacts[] | undefined;
}

export function loadBalancer(
  service: ServiceFacts,
  { cluster, mappings, subnets, groups, endpoints }: Ground,
): NlbFacts {
  const { frontend, backend } = groups;
  const scheme = schemeOf(service);
  const ipAddressType = balancerAddressType(service);
  const securityGroups = [...frontend, ...(backend === undefined ? [] : [backend])];
  return {
    identity: { name: loadBalancerName(service, cluster, scheme), id: later },
    owner,
    address: later,
    type: "network",
    state: "active",
    scheme,
    ipAddressType,
    vpc: cluster.vpc,
    zones: subnets.map((subnet, index) => zoneOf(service, subnet, index)),
    ...(isDualstack(service)
      ? {
          enablePrefixForIpv6SourceNat:
            annotation(service, "prefixForSourceNat") ?? enablePrefixForIpv6SourceNat,
        }
      : {}),
    securityGroups,
    ...(securityGroups.length === 0
      ? {}
      : {
          enforceSecurityGroupInboundRulesOnPrivateLinkTraffic:
            annotation(service, "privateLink") ?? enforcedOnPrivateLink,
        }),
    tags: tagsOf(service, cluster, "LoadBalancer"),
    listeners: mappings.map((mapping) => listener(service, mapping, targetGroupId(mapping))),
    pools: mappings.map((mapping) => targetGroup(service, cluster, mapping, endpoints)),
    attributes: { ...loadBalancerAttributesOf({ ipAddressType, scheme }), ...sentAttributes(service) },
  };
}

/** A private address goes to the subnet that contains it, wherever it is in the list; Elastic IP addresses are in the order of the subnets. buildLoadBalancerSubnetMappings */
function zoneOf(service: ServiceFacts, subnet: SubnetFacts, index: number): ZoneFacts {
  const address = list(service, "privateIpv4Addresses")?.find((each) => isWithin(each, subnet));
  const allocations = list(service, "eipAllocations");
  return {
    zone: subnet.zone,
    subnet: subnet.id,
    addresses: [address ?? later],
    ...(allocations === undefined ? {} : { elasticAddresses: allocations.slice(index, index + 1) }),
    ...(isDualstack(service) ? ofIpv6(service, subnet, index) : {}),
  };
}

function ofIpv6(service: ServiceFacts, subnet: SubnetFacts, index: number): Partial<ZoneFacts> {
  const address = list(service, "ipv6Addresses")?.find((each) => isWithinIpv6(each, subnet));
  return {
    ipv6Addresses: [address === undefined ? later : addressInShort(address)],
    sourceNatIpv6Prefixes: sourceNatPrefixes(service, index),
  };
}

/** Prefixes are in the order of the subnets. AWS chooses where the list does not say. */
function sourceNatPrefixes(service: ServiceFacts, index: number): readonly string[] {
  if (annotation(service, "prefixForSourceNat") !== "on") return [];
  const given = list(service, "sourceNatPrefixes")?.[index];
  return [given === undefined || given === autoAssigned ? later : rangeInShort(given)];
}

const autoAssigned = "auto_assigned";

/** The annotations for single attributes come before the one for all. buildLoadBalancerAttributes, getAnnotationSpecificLbAttributes */
export function sentAttributes(service: ServiceFacts): Readonly<Record<string, string>> {
  const crossZone = flag(service, "crossZone");
  const [bucket, prefix] = [annotation(service, "accessLogBucket"), annotation(service, "accessLogPrefix")];
  return {
    ...pairsOf(service, annotationNames.attributes),
    ...(crossZone === undefined ? {} : { "load_balancing.cross_zone.enabled": String(crossZone) }),
    ...(flag(service, "accessLog") === true
      ? {
          "access_logs.s3.enabled": "true",
          ...(bucket === undefined ? {} : { "access_logs.s3.bucket": bucket }),
          ...(prefix === undefined ? {} : { "access_logs.s3.prefix": prefix }),
        }
      : {}),
  };
}
