import type { ExposureOptions } from "../core/exposure.ts";

/** Rules that the AWS cloud controller manager adds to the nodes' security group. */
export interface ControllerRules {
  /** Rules for the node port of one Service. */
  readonly onNodePorts: number;
  /** Source ranges. Each has one rule for path MTU discovery, however many Services name it. */
  readonly ranges: readonly string[];
}

export const noControllerRules: ControllerRules = { onNodePorts: 0, ranges: [] };

/**
 * The least that it adds for one Service: for each source range one rule per port, and one for path MTU discovery. It may add more for
 * health checks from the subnets, which are not known here.
 * Source: kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws_loadbalancer.go (updateInstanceSecurityGroupsForNLB)
 */
export function leastControllerRules(
  { loadBalancerSourceRanges }: Pick<ExposureOptions, "loadBalancerSourceRanges">,
  ports: readonly unknown[],
): ControllerRules {
  return { onNodePorts: loadBalancerSourceRanges.length * ports.length, ranges: loadBalancerSourceRanges };
}

export function combined(some: ControllerRules, others: ControllerRules): ControllerRules {
  return {
    onNodePorts: some.onNodePorts + others.onNodePorts,
    ranges: [...new Set([...some.ranges, ...others.ranges])],
  };
}

export const countOf = ({ onNodePorts, ranges }: ControllerRules): number => onNodePorts + ranges.length;
