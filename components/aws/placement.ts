import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { LoadBalancerArgs } from "@pulumi/aws/lb/loadBalancer.js";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";

/** Where a load balancer is, and under which addresses. */
type Placement = Pick<NetworkLoadBalancerOptions, "subnetIds" | "eipAllocationIds" | "privateIpv4Addresses">;

/**
 * Mappings only if they choose an address: a change of them replaces the load balancer, and a new subnet alone does not.
 *
 * @param subnets in any order
 */
export function placement(
  { subnetIds = [], eipAllocationIds, privateIpv4Addresses }: Placement,
  subnets: readonly string[],
): Pick<LoadBalancerArgs, "subnets" | "subnetMappings"> {
  if (eipAllocationIds === undefined && privateIpv4Addresses === undefined) return { subnets: [...subnets] };
  return {
    subnetMappings: subnets.map((subnetId) => {
      const index = subnetIds.indexOf(subnetId);
      return {
        subnetId,
        ...withoutUndefined({
          allocationId: eipAllocationIds?.[index],
          privateIpv4Address: privateIpv4Addresses?.[index],
        }),
      };
    }),
  };
}

/** Whether it has what two load balancers cannot have at the same time: then the old one has to go before its replacement is made. */
function holdsWhatIsUnique({
  loadBalancerName,
  eipAllocationIds,
  privateIpv4Addresses,
}: Placement & Pick<NetworkLoadBalancerOptions, "loadBalancerName">): boolean {
  return [loadBalancerName, eipAllocationIds, privateIpv4Addresses].some((each) => each !== undefined);
}

/**
 * How replacements go. A load balancer without anything unique is made before the old one is deleted, and needs target groups of its own meanwhile: AWS ties a
 * target group to one load balancer. One with something unique is deleted first, and leaves its target groups to the next: if these were to be replaced
 * as well, Pulumi would delete them before their listeners, which AWS refuses. The two have different names in the program, so that one never
 * becomes the other.
 *
 * A load balancer with security groups and one without never become each other either, so they have different names as well. With something unique both have the same
 * name, because the old one has to go first, and the trigger replaces it: the provider would not, where the groups are removed.
 */
export function replacement({
  securityGroups,
  ...options
}: Parameters<typeof holdsWhatIsUnique>[0] & Pick<NetworkLoadBalancerOptions, "securityGroups">): {
  readonly suffix: string;
  readonly deletesFirst: boolean;
  readonly options: CustomResourceOptions;
} {
  const hasGroups = securityGroups !== undefined;
  if (!holdsWhatIsUnique(options))
    return { suffix: hasGroups ? "-sg" : "", deletesFirst: false, options: {} };
  const replacementTrigger = hasGroups ? "with security groups" : "without security groups";
  return {
    suffix: "-fixed",
    deletesFirst: true,
    options: { deleteBeforeReplace: true, replacementTrigger },
  };
}
