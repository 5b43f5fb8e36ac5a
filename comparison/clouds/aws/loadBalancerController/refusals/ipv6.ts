/** Refusals of a dual-stack load balancer: its addresses, and the prefixes of source NAT, which UDP needs over IPv6. */
import ipaddr from "ipaddr.js";
import type { SubnetFacts } from "../../model.ts";
import { annotation, annotationNames, list } from "../annotations.ts";
import { isDualstack } from "../ipAddressTypes.ts";
import { portMappings } from "../portMappings.ts";
import { isWithinIpv6, subnetsFor } from "../subnets.ts";
import { upstream } from "../upstream.ts";
import { ofSubnets, oneForEach, subnetsIn } from "./placement.ts";
import { ofEach } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

const build = "pkg/service/model_build_load_balancer.go";
const networking = "pkg/networking/utils.go";

/** Right after the kind of addresses. */
export const prefixRefusals: readonly Refusal[] = [
  {
    id: "prefix-for-source-nat",
    refused: `\`${annotationNames.prefixForSourceNat}\` besides \`on\` and \`off\``,
    by: "controller",
    source: upstream(networking, "ValidateEnablePrefixForIpv6SourceNat"),
    reason({ service }) {
      const value = annotation(service, "prefixForSourceNat");
      return value === undefined || value === "on" || value === "off"
        ? undefined
        : `Invalid enable-prefix-for-ipv6-source-nat value: ${value}. Valid values are ['on', 'off'].`;
    },
  },
  {
    id: "prefix-without-ipv6",
    refused: `\`${annotationNames.prefixForSourceNat}: "on"\` for a load balancer that is not dualstack`,
    by: "controller",
    source: upstream(networking, "ValidateEnablePrefixForIpv6SourceNat"),
    reason: ({ service }) =>
      annotation(service, "prefixForSourceNat") === "on" && !isDualstack(service)
        ? "enable-prefix-for-ipv6-source-nat annotation is only applicable to Network Load Balancers using Dualstack IP address type."
        : undefined,
  },
  {
    id: "prefix-in-subnets",
    after: [...ofSubnets, "prefix-without-ipv6"],
    refused: `\`${annotationNames.prefixForSourceNat}: "on"\` in a subnet without an IPv6 range`,
    by: "controller",
    source: upstream(networking, "ValidateEnablePrefixForIpv6SourceNat"),
    reason({ service, cluster }) {
      if (cluster === undefined || annotation(service, "prefixForSourceNat") !== "on") return undefined;
      const without = withoutIpv6(subnetsFor(service, cluster));
      return without.length === 0
        ? undefined
        : `To enable prefix for source NAT, all associated subnets must have an IPv6 CIDR. Subnets without IPv6 CIDR: [${without.join(" ")}].`;
    },
  },
];

const ipv6AddressRefusals: readonly Refusal[] = [
  {
    id: "ipv6-addresses",
    refused: `\`${annotationNames.ipv6Addresses}\` for a load balancer that is not dualstack`,
    by: "controller",
    source: upstream(build, "buildLoadBalancerSubnetMappings"),
    reason: ({ service }) =>
      annotation(service, "ipv6Addresses") === undefined || isDualstack(service)
        ? undefined
        : "IPv6 addresses can only be set for dualstack load balancers",
  },
  oneForEach("ipv6Addresses", "IPv6 addresses"),
  {
    id: "ipv6-addresses-that-are-none",
    refused: `\`${annotationNames.ipv6Addresses}\` with an item that is no IPv6 address`,
    by: "controller",
    source: upstream(build, "buildLoadBalancerSubnetMappings"),
    reason({ service }) {
      const wrong = list(service, "ipv6Addresses")?.find((item) => !ipaddr.IPv6.isValid(item));
      return wrong === undefined
        ? undefined
        : `IPv6 addresses must be valid ${ipaddr.IPv4.isValidFourPartDecimal(wrong) ? "IPv6" : "IP"} address: ${wrong}`;
    },
  },
];

const sourceNatRefusals: readonly Refusal[] = [
  {
    id: "source-nat-without-ipv6",
    refused: `\`${annotationNames.sourceNatPrefixes}\` for a load balancer that is not dualstack`,
    by: "controller",
    source: upstream(networking, "ValidateSourceNatPrefixes"),
    reason: ({ service }) =>
      annotation(service, "sourceNatPrefixes") === undefined || isDualstack(service)
        ? undefined
        : "source-nat-ipv6-prefixes annotation can only be set for Network Load Balancers using Dualstack IP address type.",
  },
  {
    id: "source-nat-that-is-off",
    refused: `\`${annotationNames.sourceNatPrefixes}\` without \`${annotationNames.prefixForSourceNat}: "on"\``,
    by: "controller",
    source: upstream(networking, "ValidateSourceNatPrefixes"),
    reason: ({ service }) =>
      annotation(service, "sourceNatPrefixes") === undefined ||
      annotation(service, "prefixForSourceNat") === "on"
        ? undefined
        : "source-nat-ipv6-prefixes annotation is only applicable if enable-prefix-for-ipv6-source-nat annotation is set to on.",
  },
  {
    id: "count-sourceNatPrefixes",
    after: ofSubnets,
    refused: `\`${annotationNames.sourceNatPrefixes}\` without exactly one item for each subnet`,
    by: "controller",
    source: upstream(networking, "ValidateSourceNatPrefixes"),
    reason({ service, cluster }) {
      const items = list(service, "sourceNatPrefixes");
      if (items === undefined || cluster === undefined) return undefined;
      const { length } = subnetsFor(service, cluster);
      return items.length === length
        ? undefined
        : `Number of values in source-nat-ipv6-prefixes (${items.length}) must match the number of subnets (${length}).`;
    },
  },
  {
    id: "source-nat-prefixes",
    refused: `\`${annotationNames.sourceNatPrefixes}\` with an item that is neither \`auto_assigned\` nor an IPv6 range of the length 80`,
    by: "controller",
    source: upstream(networking, "ValidateSourceNatPrefixForSubnetPair"),
    reason: ({ service }) =>
      (list(service, "sourceNatPrefixes") ?? []).map(wrongPrefix).find((each) => each !== undefined),
  },
  {
    id: "source-nat-prefix-of-its-subnet",
    after: [...ofSubnets, "count-sourceNatPrefixes", "source-nat-prefixes"],
    refused: `\`${annotationNames.sourceNatPrefixes}\` with a range outside of its subnet: items are in the order of the subnets`,
    by: "controller",
    source: upstream(networking, "ValidateSourceNatPrefixForSubnetPair"),
    reason({ service, cluster }) {
      const items = list(service, "sourceNatPrefixes");
      if (items === undefined || cluster === undefined) return undefined;
      const subnets = subnetsFor(service, cluster);
      const wrong = items.findIndex((item, index) => {
        const subnet = subnets[index];
        return item !== autoAssigned && subnet !== undefined && !mayHave(subnet, item.split("/")[0] ?? "");
      });
      return wrong < 0
        ? undefined
        : `Invalid value in source-nat-ipv6-prefixes: ${items[wrong] ?? ""}. Value must be within subnet CIDR range: [${(subnets[wrong]?.ipv6Cidrs ?? []).join(" ")}].`;
    },
  },
];

const autoAssigned = "auto_assigned";

function wrongPrefix(item: string): string | undefined {
  if (item === autoAssigned) return undefined;
  const invalid = `Invalid value in source-nat-ipv6-prefixes: ${item}`;
  const [address = "", length] = item.split("/");
  if (length === undefined) return `${invalid}; allowed are ${autoAssigned} and IPv6 ranges of the length 80`;
  if (length !== "80") return `${invalid}. Prefix length must be 80, but ${length} is specified.`;
  return ipaddr.IPv6.isValid(address) ? undefined : `${invalid}. Value must be a valid IPv6 CIDR.`;
}

/** After all lists are read, so behind those of IPv4. */
export const ipv6Refusals: readonly Refusal[] = [...ipv6AddressRefusals, ...sourceNatRefusals];

export const ipv6OfEachSubnet = ofEach(subnetsIn, {
  id: "ipv6-address-of-each-subnet",
  after: [...ofSubnets, "count-ipv6Addresses", "ipv6-addresses", "ipv6-addresses-that-are-none"],
  refused: `\`${annotationNames.ipv6Addresses}\` without exactly one address of each subnet`,
  by: "controller",
  source: upstream(build, "buildLoadBalancerSubnetMappings"),
  of(subnet, { service }) {
    const items = list(service, "ipv6Addresses");
    return items === undefined ||
      subnet.ipv6Cidrs === undefined ||
      items.filter((item) => mayHave(subnet, item)).length === 1
      ? undefined
      : `expect one IPv6 address configured for subnet: ${subnet.id}`;
  },
});

/** What AWS says of the subnets when it is to make the load balancer. */
export const passedOnIpv6Refusals: readonly Refusal[] = [
  {
    id: "dualstack-subnets",
    after: [...ofSubnets, "prefix-in-subnets", "ipv6-address-of-each-subnet"],
    refused: `\`${annotationNames.ipAddressType}: dualstack\` in a subnet without an IPv6 range`,
    by: "AWS",
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#ip-address-type",
    reason({ service, cluster }) {
      if (cluster === undefined || !isDualstack(service)) return undefined;
      const without = withoutIpv6(subnetsFor(service, cluster));
      return without.length === 0
        ? undefined
        : `You must specify subnets with an associated IPv6 CIDR block; ${without.join(", ")} ${without.length === 1 ? "has" : "have"} none`;
    },
  },
];

/** What AWS says of a UDP listener of a load balancer with IPv6. */
export const udpOverIpv6: Refusal = {
  id: "dualstack-udp",
  refused: `a UDP port with \`${annotationNames.ipAddressType}: dualstack\` and without \`${annotationNames.prefixForSourceNat}: "on"\``,
  by: "AWS",
  source: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/pull/3926",
  reason({ service }) {
    if (!isDualstack(service) || annotation(service, "prefixForSourceNat") === "on") return undefined;
    const wrong = portMappings(service).find(({ listenerProtocol }) => listenerProtocol.includes("UDP"));
    return wrong === undefined
      ? undefined
      : `port ${wrong.listenerPort} is ${wrong.listenerProtocol}, and the load balancer is dualstack; AWS needs IPv6 prefixes for source NAT there: set ${annotationNames.prefixForSourceNat}: "on"`;
  },
};

/** Those of which the source says so. */
function withoutIpv6(subnets: readonly SubnetFacts[]): string[] {
  return subnets.filter(({ ipv6Cidrs }) => ipv6Cidrs?.length === 0).map(({ id }) => id);
}

/** Whether it is an address of the subnet, or may be one. */
const mayHave = (subnet: SubnetFacts, address: string): boolean =>
  subnet.ipv6Cidrs === undefined || isWithinIpv6(address, subnet);
