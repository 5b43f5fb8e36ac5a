/** Refusals of where the load balancer is to be: scheme, subnets and addresses. */
import ipaddr from "ipaddr.js";
import type { AwsClusterFacts, SubnetFacts } from "../../model.ts";
import { annotation, annotationNames, list } from "../annotations.ts";
import { candidates, isEligible, isWithin, localeOf, schemeOf, schemes, subnetsFor } from "../subnets.ts";
import { upstream } from "../upstream.ts";
import { ofEach } from "./refusal.ts";
import type { Refusal, RefusalContext } from "./refusal.ts";
import { isTruth } from "./values.ts";

const build = "pkg/service/model_build_load_balancer.go";
const resolver = "pkg/networking/subnet_resolver.go";

export const schemeRefusals: readonly Refusal[] = [
  {
    id: "scheme",
    refused: `\`${annotationNames.scheme}\` besides \`internal\` and \`internet-facing\``,
    by: "controller",
    source: upstream(build, "buildLoadBalancerSchemeViaAnnotation"),
    reason({ service }) {
      const value = annotation(service, "scheme");
      return value === undefined || schemes.includes(value)
        ? undefined
        : `unknown scheme: ${value}; ${annotationNames.scheme} must be internal or internet-facing`;
    },
  },
  isTruth("internal", (service) => annotation(service, "scheme") === undefined),
];

const ofScheme = schemeRefusals.map(({ id }) => id);

const namesIn = ({ subnets }: AwsClusterFacts): string[] => subnets.map(({ tags }) => tags.Name ?? "");

const countIn = (names: readonly string[], name: string): number =>
  names.filter((each) => each === name).length;

export const subnetRefusals: readonly Refusal[] = [
  {
    id: "named-subnets",
    refused: `\`${annotationNames.subnets}\` with an item that names no subnet of the VPC, or one that another item names`,
    by: "controller",
    source: upstream(resolver, "listSubnetsByNameOrIDs"),
    reason({ service, cluster }) {
      const names = list(service, "subnets");
      if (names === undefined || cluster === undefined) return undefined;
      const isThere = (name: string): boolean =>
        cluster.subnets.some(({ id, tags }) => (name.startsWith("subnet-") ? id : tags.Name) === name);
      const wrong = names.filter((name) => !isThere(name));
      if (wrong.length > 0) {
        const ids = wrong.filter((name) => name.startsWith("subnet-"));
        // It asks for ids first, and EC2 then names one that does not exist.
        const missing =
          ids.length > 0
            ? `failed to list subnets by names or IDs; there is no ${ids.join(", ")}`
            : `couldn't find all subnets, missing names: [${[...new Set(wrong)].join(" ")}]`;
        return `${missing}; ${annotationNames.subnets} must name subnets of the VPC, by id or by the tag Name`;
      }
      const ids = names.filter((name) => name.startsWith("subnet-"));
      const once = [...new Set(ids)];
      if (once.length < ids.length)
        return `couldn't find all subnets, want: [${ids.join(" ")}], found: [${once.join(" ")}]; ${annotationNames.subnets} must name each subnet once`;
      const tooMany = names.find(
        (name) => !name.startsWith("subnet-") && countIn(names, name) > countIn(namesIn(cluster), name),
      );
      return tooMany === undefined
        ? undefined
        : `subnet with Name tag "${tooMany}" requested ${countIn(namesIn(cluster), tooMany) + 1} times but only ${countIn(namesIn(cluster), tooMany)} subnet(s) found with that name; each item needs a subnet of its own`;
    },
  },
  {
    id: "no-subnet",
    refused: `\`${annotationNames.subnets}\` without an item`,
    by: "controller",
    source: upstream(resolver, "validateSpecifiedSubnets"),
    reason: ({ service }) =>
      list(service, "subnets")?.length === 0
        ? `unable to resolve at least one subnet; ${annotationNames.subnets} must name some`
        : undefined,
  },
  {
    id: "suitable-subnets",
    after: ofScheme,
    refused:
      "a cluster without a suitable subnet: with the role's tag (`kubernetes.io/role/internal-elb` or `kubernetes.io/role/elb`, empty or `1`), or without any such tag, private for an internal load balancer and public for an internet-facing one; and not tagged for other clusters alone",
    by: "controller",
    source: upstream(resolver, "ResolveViaDiscovery", "chooseAndValidateSubnetsPerAZ"),
    reason({ service, cluster }) {
      if (cluster === undefined || list(service, "subnets") !== undefined) return undefined;
      if (subnetsFor(service, cluster).length > 0) return undefined;
      const all = candidates(service, cluster);
      const others = all.filter((subnet) => !isEligible(subnet, cluster)).length;
      return `unable to resolve at least one subnet. Evaluated ${all.length} subnets: ${others} are tagged for other clusters; the load balancer is ${schemeOf(service)}`;
    },
  },
  {
    id: "subnets-in-one-zone",
    after: ["named-subnets"],
    refused: `\`${annotationNames.subnets}\` with several subnets in one zone`,
    by: "controller",
    source: upstream(resolver, "validateSubnetsAZExclusivity"),
    reason({ service, cluster }) {
      if (cluster === undefined) return undefined;
      const subnets = subnetsFor(service, cluster);
      const twice = subnets.find(
        ({ zone }, index) => subnets.findIndex((each) => each.zone === zone) < index,
      );
      return twice === undefined
        ? undefined
        : `multiple subnets in same Availability Zone ${twice.zone}: ${subnets
            .filter(({ zone }) => zone === twice.zone)
            .map(({ id }) => id)
            .join(", ")}`;
    },
  },
  {
    id: "subnets-of-several-kinds",
    refused: "subnets in Availability Zones together with subnets in local or Wavelength zones",
    by: "controller",
    source: upstream(resolver, "validateSubnetsLocaleUniformity"),
    reason({ service, cluster }) {
      if (cluster === undefined) return undefined;
      const locales = [...new Set(subnetsFor(service, cluster).map(localeOf))].sort();
      return locales.length <= 1 ? undefined : `subnets in multiple locales: ${locales.join(", ")}`;
    },
  },
];

function onlyFor(name: "eipAllocations" | "privateIpv4Addresses", scheme: string, words: string): Refusal {
  return {
    id: `scheme-${name}`,
    after: ofScheme,
    refused: `\`${annotationNames[name]}\` for a load balancer that is not ${scheme}`,
    by: "controller",
    source: upstream(build, "buildLoadBalancerSubnetMappings"),
    reason: ({ service }) =>
      annotation(service, name) === undefined || schemeOf(service) === scheme ? undefined : words,
  };
}

export const ofSubnets = [...ofScheme, ...subnetRefusals.map(({ id }) => id)];

export function oneForEach(
  name: "eipAllocations" | "privateIpv4Addresses" | "ipv6Addresses",
  what: string,
): Refusal {
  return {
    id: `count-${name}`,
    after: ofSubnets,
    refused: `\`${annotationNames[name]}\` without exactly one item for each subnet`,
    by: "controller",
    source: upstream(build, "buildLoadBalancerSubnetMappings"),
    reason({ service, cluster }) {
      const items = list(service, name);
      if (items === undefined || cluster === undefined) return undefined;
      const { length } = subnetsFor(service, cluster);
      return items.length === length
        ? undefined
        : `count of ${what} (${items.length}) and subnets (${length}) must match`;
    },
  };
}

export const addressRefusals: readonly Refusal[] = [
  onlyFor(
    "eipAllocations",
    "internet-facing",
    "EIP allocations can only be set for internet facing load balancers",
  ),
  oneForEach("eipAllocations", "EIP allocations"),
  onlyFor(
    "privateIpv4Addresses",
    "internal",
    "private IPv4 addresses can only be set for internal load balancers",
  ),
  oneForEach("privateIpv4Addresses", "private IPv4 addresses"),
  {
    id: "private-addresses",
    refused: `\`${annotationNames.privateIpv4Addresses}\` with an item that is no IPv4 address`,
    by: "controller",
    source: upstream(build, "buildLoadBalancerSubnetMappings"),
    reason({ service }) {
      const wrong = list(service, "privateIpv4Addresses")?.find(
        (item) => !ipaddr.IPv4.isValidFourPartDecimal(item),
      );
      return wrong === undefined
        ? undefined
        : `private IPv4 addresses must be valid ${ipaddr.IPv6.isValid(wrong) ? "IPv4" : "IP"} address: ${wrong}`;
    },
  },
];

/** The controller passes these on. */
export const passedOnAddressRefusals: readonly Refusal[] = [
  {
    id: "eip-allocations",
    refused: `\`${annotationNames.eipAllocations}\` with an item that is not an allocation id, or with the same one twice`,
    by: "AWS",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SubnetMapping.html",
    reason({ service }) {
      const items = list(service, "eipAllocations") ?? [];
      const wrong = items.find(
        (item, index) => !/^eipalloc-[0-9a-f]+$/.test(item) || items.indexOf(item) < index,
      );
      return wrong === undefined
        ? undefined
        : `${annotationNames.eipAllocations} has "${wrong}"; each item must be the id of an Elastic IP address, eipalloc- and hexadecimal digits, and each subnet needs another one`;
    },
  },
];

/** Behind the lists of IPv6. */
export const addressOfEachSubnet = ofEach(subnetsIn, {
  id: "address-of-each-subnet",
  after: [...ofSubnets, "count-privateIpv4Addresses", "private-addresses"],
  refused: `\`${annotationNames.privateIpv4Addresses}\` without exactly one address of each subnet`,
  by: "controller",
  source: upstream(build, "buildLoadBalancerSubnetMappings"),
  of(subnet, { service }) {
    const items = list(service, "privateIpv4Addresses");
    return items === undefined || items.filter((item) => isWithin(item, subnet)).length === 1
      ? undefined
      : `expect one private IPv4 address configured for subnet: ${subnet.id}`;
  },
});

/** None if they are not known. */
export function subnetsIn({ service, cluster }: RefusalContext): readonly SubnetFacts[] {
  return cluster === undefined ? [] : subnetsFor(service, cluster);
}
