/** Refusals of where the load balancer is to be: subnets and addresses. */
import ipaddr from "ipaddr.js";
import { annotation, annotationNames } from "../annotations.ts";
import { perSubnet } from "../loadBalancer.ts";
import { namedSubnets, schemeOf, subnetsFor } from "../subnets.ts";
import { firstToKnow } from "../releases.ts";
import type { Refusal, RefusalContext } from "./refusal.ts";

const createLoadBalancer =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html (SubnetMappings)";

type PerSubnet = Parameters<typeof perSubnet>[1];

const subnetRefusals: readonly Refusal[] = [
  {
    id: "named-subnets",
    refused: `\`${annotationNames.subnets}\` that is empty, or has an item that names no subnet or several`,
    by: "controller",
    at: "always",
    source: "aws.go (resolveSubnetNameOrIDs)",
    reason({ service, cluster }) {
      const names = namedSubnets(service);
      if (names === undefined || cluster === undefined) return undefined;
      const found = subnetsFor(service, cluster);
      return names.length > 0 && found.length === names.length
        ? undefined
        : `${annotationNames.subnets} names ${names.length} subnets ("${annotation(service, "subnets") ?? ""}"), and the cluster has ${found.length} of them; each name must match exactly one subnet`;
    },
  },
  {
    id: "suitable-subnets",
    refused:
      "a cluster without a suitable subnet: of the cluster or of no cluster, and public for an internet-facing load balancer",
    by: "controller",
    at: "always",
    source: "aws.go (findELBSubnets)",
    reason({ service, cluster }) {
      if (cluster === undefined || namedSubnets(service) !== undefined) return undefined;
      if (subnetsFor(service, cluster).length > 0) return undefined;
      const scheme = schemeOf(service);
      return `none of the cluster's ${cluster.subnets.length} subnets is suitable for an ${scheme} load balancer; it needs ${
        scheme === "internal" ? "one" : "one with a route to an internet gateway"
      } that carries no other cluster's tag`;
    },
  },
  {
    id: "subnets-in-one-zone",
    after: ["named-subnets"],
    refused: `\`${annotationNames.subnets}\` with several subnets in one zone`,
    by: "AWS",
    at: "creation",
    source: createLoadBalancer,
    reason({ service, cluster }) {
      if (cluster === undefined) return undefined;
      const zones = subnetsFor(service, cluster).map(({ zone }) => zone);
      return new Set(zones).size === zones.length
        ? undefined
        : `${annotationNames.subnets} names several subnets in one zone ("${annotation(service, "subnets") ?? ""}"); AWS allows one per zone`;
    },
  },
];

const ofSubnets = subnetRefusals.map(({ id }) => id);

function oneForEach(name: PerSubnet): Refusal {
  return {
    id: `count-${name}`,
    refused: `\`${annotationNames[name]}\` without exactly one item for each subnet`,
    after: ofSubnets,
    by: "controller",
    at: "creation",
    source: "aws_loadbalancer.go (ensureLoadBalancerv2)",
    reason({ service, cluster }) {
      const items = perSubnet(service, name);
      if (items === undefined || cluster === undefined) return undefined;
      const { length } = subnetsFor(service, cluster);
      return items.length === length
        ? undefined
        : `${annotationNames[name]} has ${items.length} items for ${length} subnets; it must have one for each`;
    },
  };
}

function onlyWith(name: PerSubnet, scheme: ReturnType<typeof schemeOf>, kind: string): Refusal {
  return {
    id: `scheme-${name}`,
    refused: `\`${annotationNames[name]}\` for a load balancer that is not ${scheme}`,
    by: "AWS",
    at: "creation",
    source: createLoadBalancer,
    reason: ({ service }) =>
      perSubnet(service, name) === undefined || schemeOf(service) === scheme
        ? undefined
        : `${annotationNames[name]} is set for an ${schemeOf(service)} load balancer; AWS allows ${kind} only for an ${scheme} one`,
  };
}

/** @param isWrong whether AWS refuses the item, which the controller does not trim */
function items(
  name: PerSubnet,
  refused: string,
  allowed: string,
  isWrong: (item: string, index: number, context: RefusalContext) => boolean,
): Refusal {
  return {
    id: `items-${name}`,
    refused: `\`${annotationNames[name]}\` with ${refused}; blanks are not trimmed`,
    after: [...ofSubnets, `count-${name}`],
    by: "AWS",
    at: "creation",
    source: `aws_loadbalancer.go (ensureLoadBalancerv2); ${createLoadBalancer}`,
    reason(context) {
      const wrong = perSubnet(context.service, name)?.find((item, index) => isWrong(item, index, context));
      return wrong === undefined
        ? undefined
        : `${annotationNames[name]} has "${wrong}"; ${allowed}, without blanks`;
    },
  };
}

function isIn(address: string, cidr: string): boolean {
  return (
    ipaddr.IPv4.isValidFourPartDecimal(address) &&
    ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(cidr))
  );
}

/** What older releases do not read. */
const privateAddresses = (refusal: Refusal): Refusal => ({
  ...refusal,
  since: firstToKnow.privateIpv4Addresses,
});

export const placementRefusals: readonly Refusal[] = [
  ...subnetRefusals,
  oneForEach("eipAllocations"),
  privateAddresses(oneForEach("privateIpv4Addresses")),
  onlyWith("eipAllocations", "internet-facing", "Elastic IP addresses"),
  privateAddresses(onlyWith("privateIpv4Addresses", "internal", "private addresses")),
  items(
    "eipAllocations",
    "an item that is not an allocation id",
    "an allocation id is eipalloc- and hexadecimal digits",
    (item) => !/^eipalloc-[0-9a-f]+$/.test(item),
  ),
  privateAddresses(
    items(
      "privateIpv4Addresses",
      "an item that is not an address of its subnet",
      "each item must be an IPv4 address of the subnet at the same place of the list",
      (item, index, { service, cluster }) => {
        const subnet = cluster === undefined ? undefined : subnetsFor(service, cluster)[index];
        return subnet !== undefined && !isIn(item, subnet.cidr);
      },
    ),
  ),
];
