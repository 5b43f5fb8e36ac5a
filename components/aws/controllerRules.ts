import { defaults } from "../core/defaults.ts";
import type { CheckedPort } from "./healthCheck.ts";
import { resolveHealthCheck } from "./healthCheck.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";

/** Rules that the AWS cloud controller manager adds to the nodes' security group. */
export interface ControllerRules {
  /** Rules for the node port of one Service. */
  readonly onNodePorts: number;
  /** Source ranges. Each has one rule for path MTU discovery, however many Services name it. */
  readonly ranges: readonly string[];
  /** What is checked from each subnet, Service by Service. */
  readonly checks: readonly Checks[];
}

interface Checks {
  /** How many ports of the nodes. */
  readonly ports: number;
  /** Ranges that have a rule for the same ports already. */
  readonly ranges: readonly string[];
}

export const noControllerRules: ControllerRules = { onNodePorts: 0, ranges: [], checks: [] };

/**
 * The least that it adds for one Service: for each source range one rule per port, and one for path MTU discovery; for each subnet one
 * rule per port that is checked. A check at a fixed port may share its rules with other Services, and counts nothing.
 * Source: kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws_loadbalancer.go (updateInstanceSecurityGroupsForNLB)
 */
export function leastControllerRules(
  options: Pick<
    NetworkLoadBalancerOptions,
    "externalTrafficPolicy" | "healthCheck" | "loadBalancerSourceRanges"
  >,
  ports: readonly CheckedPort[],
): ControllerRules {
  const { loadBalancerSourceRanges: ranges } = options;
  return { onNodePorts: ranges.length * ports.length, ranges, checks: checksOf(options, ports) };
}

/** Under policy Local the check is at the Service's healthCheckNodePort. TCP clients from everywhere make rules for checks needless. */
function checksOf(
  {
    externalTrafficPolicy,
    healthCheck,
    loadBalancerSourceRanges: ranges,
  }: Parameters<typeof leastControllerRules>[0],
  ports: readonly CheckedPort[],
): Checks[] {
  if (externalTrafficPolicy === "Local") return [{ ports: 1, ranges: [] }];
  const checked = ports.filter(
    (port) =>
      (port.protocol ?? defaults.protocol) === "TCP" &&
      resolveHealthCheck(port.healthCheck ?? healthCheck).port === "traffic-port",
  );
  const isCovered = ranges.length === 1 && ranges[0] === everywhere;
  return isCovered || checked.length === 0 ? [] : [{ ports: checked.length, ranges }];
}

const everywhere = "0.0.0.0/0";

export function combined(some: ControllerRules, others: ControllerRules): ControllerRules {
  return {
    onNodePorts: some.onNodePorts + others.onNodePorts,
    ranges: [...new Set([...some.ranges, ...others.ranges])],
    checks: [...some.checks, ...others.checks],
  };
}

/** @param subnetCidrs of the load balancers; without them, rules for health checks are not counted */
export function countOf(
  { onNodePorts, ranges, checks }: ControllerRules,
  subnetCidrs: readonly string[] = [],
): number {
  const forChecks = checks.map(
    ({ ports, ranges: others }) => ports * subnetCidrs.filter((cidr) => !others.includes(cidr)).length,
  );
  return forChecks.reduce((sum, count) => sum + count, onNodePorts + ranges.length);
}
