import type { ListenerPort, Problem } from "../core/validation.ts";
import type { LoadBalancerOptions } from "./loadBalancerOptions.ts";
import type { Subnet } from "./subnets.ts";

type Options = Pick<LoadBalancerOptions, "ipAddressType" | "securityGroups">;

export const isDualstack = ({ ipAddressType }: Options): boolean => ipAddressType === "dualstack";

/** What is wrong with the address type in both ways. */
export function ipAddressTypeProblems(
  { ipAddressType: type }: Options,
  ports: readonly ListenerPort[],
): Problem[] {
  const propertyPath = "ipAddressType";
  if (type === undefined) return [];
  if (!allowed.includes(type))
    return [{ propertyPath, reason: `"${type}" is not allowed; allowed are "ipv4" and "dualstack"` }];
  const udp = ports.find(({ protocol }) => protocol === "UDP");
  if (type === "ipv4" || udp === undefined) return [];
  return [
    {
      propertyPath,
      reason: `"dualstack" is not allowed with the UDP port "${udp.name}": AWS needs IPv6 prefixes for source NAT there, which have no option; use an exposure of its own for the UDP ports`,
    },
  ];
}

/** Programs in JavaScript have no types. */
const allowed: readonly string[] = ["ipv4", "dualstack"];

/**
 * What is wrong where the nodes' security group lets clients in. Targets that are instances see an IPv6 client as the load balancer's own IPv4 address, which is let in for
 * health checks: no rule there could tell IPv6 clients apart.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
export function dualstackWithoutGroupsProblems(options: Options): Problem[] {
  if (!isDualstack(options) || options.securityGroups !== undefined) return [];
  return [
    {
      propertyPath: "ipAddressType",
      reason: `"dualstack" is not allowed without securityGroups: the nodes see IPv6 clients as the load balancer, so their rules would let in all of them; set securityGroups to "own"`,
    },
  ];
}

/** What is wrong with the chosen subnets. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#ip-address-type */
export function dualstackSubnetsProblems(options: Options, subnets: readonly Subnet[]): Problem[] {
  const without = subnets.filter(({ ipv6CidrBlock }) => ipv6CidrBlock === "").map(({ id }) => id);
  if (!isDualstack(options) || without.length === 0) return [];
  return [
    {
      propertyPath: "ipAddressType",
      reason: `"dualstack" is not allowed in ${without.join(", ")}, which have no IPv6 range; give the subnets one, name others in subnetIds, or set "ipv4"`,
    },
  ];
}
