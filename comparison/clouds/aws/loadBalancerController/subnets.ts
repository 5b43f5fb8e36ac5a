/** The controller's choice of scheme and subnets. pkg/networking/subnet_resolver.go */
import ipaddr from "ipaddr.js";
import { clusterTagPrefix } from "../../../../components/aws/clusterTags.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { AwsClusterFacts, SubnetFacts } from "../model.ts";
import { annotation, flag, list } from "./annotations.ts";

export type Scheme = "internal" | "internet-facing";

export const schemes: readonly string[] = ["internal", "internet-facing"];

/** pkg/service/model_build_load_balancer.go (buildLoadBalancerScheme...), pkg/config/controller_config.go (DefaultLoadBalancerScheme) */
export function schemeOf(service: ServiceFacts): Scheme {
  const given = annotation(service, "scheme");
  if (given !== undefined) return given === "internet-facing" ? given : "internal";
  return flag(service, "internal") === false ? "internet-facing" : "internal";
}

/** @returns those that it finds, if it refuses the Service for the others */
export function subnetsFor(service: ServiceFacts, cluster: AwsClusterFacts): readonly SubnetFacts[] {
  const names = list(service, "subnets");
  return names === undefined ? chosen(candidates(service, cluster), cluster) : named(names, cluster);
}

/** By id, or by the tag Name: a name that is given again stands for the next subnet with it. listSubnetsByNameOrIDs */
function named(names: readonly string[], { subnets }: AwsClusterFacts): SubnetFacts[] {
  return names.flatMap((name, index) => {
    if (name.startsWith("subnet-")) return subnets.filter(({ id }) => id === name);
    const before = names.slice(0, index).filter((each) => each === name).length;
    return byId(subnets.filter(({ tags }) => tags.Name === name)).slice(before, before + 1);
  });
}

/** Those with the role's tag; without any, those that can be reached as the scheme wants. ResolveViaDiscovery */
export function candidates(service: ServiceFacts, { subnets }: AwsClusterFacts): SubnetFacts[] {
  const scheme = schemeOf(service);
  const role = scheme === "internal" ? "kubernetes.io/role/internal-elb" : "kubernetes.io/role/elb";
  const tagged = subnets.filter(({ tags }) => ["", "1"].includes(tags[role] ?? "none"));
  return tagged.length > 0
    ? tagged
    : subnets.filter((subnet) => subnet.public === (scheme === "internet-facing"));
}

/** Subnets of this cluster, and those of no cluster. isSubnetContainsEligibleClusterTag */
export function isEligible({ tags }: SubnetFacts, cluster: Pick<AwsClusterFacts, "name">): boolean {
  return (
    ownClusterTag(cluster) in tags ||
    !Object.keys(tags).some((key) => key.startsWith("kubernetes.io/cluster"))
  );
}

/** One for each zone: first those with the cluster's tag, then by id. chooseSubnetsPerAZ */
function chosen(subnets: readonly SubnetFacts[], cluster: AwsClusterFacts): SubnetFacts[] {
  const eligible = byId(subnets.filter((subnet) => isEligible(subnet, cluster)));
  const zones = [...new Set(eligible.map(({ zone }) => zone))];
  return byId(
    zones.flatMap((zone) => {
      const inZone = eligible.filter((subnet) => subnet.zone === zone);
      const [first] = inZone;
      const own = inZone.find(({ tags }) => ownClusterTag(cluster) in tags) ?? first;
      return own === undefined ? [] : [own];
    }),
  );
}

function ownClusterTag({ name }: Pick<AwsClusterFacts, "name">): string {
  return `${clusterTagPrefix}${name}`;
}

function byId(subnets: readonly SubnetFacts[]): SubnetFacts[] {
  return [...subnets].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * By the zone's name, which continues after the region's name in a local zone, such as us-west-2-lax-1a, and in a Wavelength zone, such as us-west-2-wl1-las-wlz-1.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html
 */
export function localeOf({ zone }: SubnetFacts): "availabilityZone" | "localZone" | "wavelengthZone" {
  if (!/^[a-z]+(-[a-z]+)+-\d+-/.test(zone)) return "availabilityZone";
  return zone.includes("-wlz-") ? "wavelengthZone" : "localZone";
}

/** Whether the text is an IPv6 address of the subnet. */
export function isWithinIpv6(address: string, { ipv6Cidrs = [] }: SubnetFacts): boolean {
  if (!ipaddr.IPv6.isValid(address)) return false;
  const parsed = ipaddr.IPv6.parse(address);
  return ipv6Cidrs.some((cidr) => parsed.match(ipaddr.IPv6.parseCIDR(cidr)));
}

/** Whether the text is an IPv4 address of the subnet. */
export function isWithin(address: string, { cidr }: SubnetFacts): boolean {
  return (
    ipaddr.IPv4.isValidFourPartDecimal(address) &&
    ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr) &&
    ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(cidr))
  );
}
