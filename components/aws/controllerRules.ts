import type { ExposureOptions } from "../core/exposure.ts";

/** Rules that the cloud controller adds to the nodes' security group. */
export interface ControllerRules {
  /** Each for the node port of one Service. */
  readonly onNodePorts: number;
  /** Source ranges: path MTU discovery has one rule for each, whichever Services name it. */
  readonly ranges: readonly string[];
}

export const noControllerRules: ControllerRules = { onNodePorts: 0, ranges: [] };

/**
 * What it adds at least for one Service: for each source range one a port, and one for path MTU discovery. Which subnets it lets check the ports is
 * not known here.
 * Source: kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws_loadbalancer.go (updateInstanceSecurityGroupsForNLB)
 */
export function leastControllerRules(
  { loadBalancerSourceRanges }: Pick<ExposureOptions, "loadBalancerSourceRanges">,
  ports: readonly unknown[],
): ControllerRules {
  return { onNodePorts: loadBalancerSourceRanges.length * ports.length, ranges: loadBalancerSourceRanges };
}

export function together(some: ControllerRules, others: ControllerRules): ControllerRules {
  return {
    onNodePorts: some.onNodePorts + others.onNodePorts,
    ranges: [...new Set([...some.ranges, ...others.ranges])],
  };
}

export const countOf = ({ onNodePorts, ranges }: ControllerRules): number => onNodePorts + ranges.length;
