import { defaults } from "../core/defaults.ts";
import type { Scheme } from "../core/exposure.ts";
import type { Problem } from "../core/validation.ts";

/** A subnet where a load balancer can have an address. */
export interface Subnet {
  /** Such as `subnet-0f7b3c6d5e4a2b1c0`. */
  readonly id: string;
  /** A load balancer has at most one subnet in each. */
  readonly availabilityZone: string;
  /** The subnet's IPv4 addresses. */
  readonly cidrBlock: string;
  /** Empty if it has none. @default not known */
  readonly ipv6CidrBlock?: string;
  /** The subnet's tags. Their names decide what it may be used for. */
  readonly tags: Readonly<Record<string, string>>;
}

export type SubnetChoice =
  | { readonly kind: "chosen"; readonly subnets: readonly Subnet[] }
  | { readonly kind: "none"; readonly problems: readonly Problem[] };

/**
 * The tag with which Kubernetes and EKS mark subnets for load balancers.
 * https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html
 */
const roleTag: Record<Scheme, string> = {
  "internet-facing": "kubernetes.io/role/elb",
  internal: "kubernetes.io/role/internal-elb",
};

/**
 * The load balancer's subnets, one per zone, in the order of zones: those in `subnetIds`, or else the choice of the AWS cloud
 * controller manager (findELBSubnets), with one difference: a subnet's role tag, which EKS requires, says whether it is public, and not
 * its route table.
 */
export function chooseSubnets(
  candidates: readonly Subnet[],
  scheme: Scheme = defaults.scheme,
  subnetIds?: readonly string[],
): SubnetChoice {
  return subnetIds === undefined ? byTags(candidates, scheme) : byId(candidates, subnetIds);
}

function byTags(candidates: readonly Subnet[], scheme: Scheme): SubnetChoice {
  const tag = roleTag[scheme];
  const usable = scheme === "internal" ? candidates : candidates.filter((subnet) => tag in subnet.tags);
  if (usable.length === 0) {
    const found = candidates.length === 0 ? "the VPC has none" : `none of ${ids(candidates)} has it`;
    return none(
      "network.subnets",
      `no subnet has the tag "${tag}" (${found}); tag the subnets, or name them in subnetIds`,
    );
  }
  const preferred = [...usable].sort(
    (a, b) => Number(tag in b.tags) - Number(tag in a.tags) || (a.id < b.id ? -1 : 1),
  );
  const byZone = new Map<string, Subnet>();
  for (const subnet of preferred) {
    if (!byZone.has(subnet.availabilityZone)) byZone.set(subnet.availabilityZone, subnet);
  }
  return { kind: "chosen", subnets: inZoneOrder([...byZone.values()]) };
}

function byId(candidates: readonly Subnet[], subnetIds: readonly string[]): SubnetChoice {
  const known = new Map(candidates.map((subnet) => [subnet.id, subnet]));
  const subnets: Subnet[] = [];
  for (const [index, id] of subnetIds.entries()) {
    const subnet = known.get(id);
    const path = `subnetIds[${index}]`;
    if (subnet === undefined)
      return none(path, `"${id}" is not a subnet of the cluster's VPC; allowed are ${ids(candidates)}`);
    const other = subnets.find((earlier) => earlier.availabilityZone === subnet.availabilityZone);
    if (other !== undefined) {
      return none(
        path,
        `"${id}" is in ${subnet.availabilityZone}, like "${other.id}"; AWS allows one subnet per zone; remove one`,
      );
    }
    subnets.push(subnet);
  }
  return { kind: "chosen", subnets: inZoneOrder(subnets) };
}

function none(propertyPath: string, reason: string): SubnetChoice {
  return { kind: "none", problems: [{ propertyPath, reason }] };
}

function inZoneOrder(subnets: readonly Subnet[]): readonly Subnet[] {
  return [...subnets].sort((a, b) => (a.availabilityZone < b.availabilityZone ? -1 : 1));
}

function ids(subnets: readonly Subnet[]): string {
  return subnets.map((subnet) => subnet.id).join(", ") || "none";
}
