import type { ClusterNetwork } from "./clusterNetwork.ts";
import { loadBalancerQuotasSource } from "../core/defaults.ts";
import type { Problem } from "../core/validation.ts";

/**
 * AWS's quotas that a program's exposures can reach. An account may have been granted more of each; the number of listeners, which
 * nobody is granted more of, is not among them. Nor is that of load balancers in a region, where other programs' count as well.
 */
export interface Quotas {
  /** Targets per zone of one load balancer. A target that is in several target groups counts as often. */
  readonly targetsPerZone: number;
  /** Targets of one load balancer. */
  readonly targetsPerLoadBalancer: number;
  /** Targets of one load balancer with cross-zone load balancing, however many zones there are. */
  readonly targetsAcrossZones: number;
  /** Instances in one target group. */
  readonly targetsPerTargetGroup: number;
  /** Inbound rules of one security group. */
  readonly rulesPerSecurityGroup: number;
}

/** What an account has without having asked for more. */
const defaultQuotas: Quotas = {
  targetsPerZone: 500,
  targetsPerLoadBalancer: 3000,
  targetsAcrossZones: 500,
  targetsPerTargetGroup: 1000,
  rulesPerSecurityGroup: 60,
};

/** What makes a load balancer's targets: each port has a target group with every node. */
interface TargetDemand {
  readonly ports: readonly unknown[];
  readonly network: Pick<ClusterNetwork, "nodeInstanceIds" | "subnets">;
  readonly crossZoneLoadBalancing: boolean;
}

/**
 * Which quotas of targets are certainly exceeded. How the nodes are spread over the zones is not known here: the fullest zone has
 * at least an equal share of them.
 */
export function targetQuotaProblems(
  { ports, network, crossZoneLoadBalancing }: TargetDemand,
  quotas: Partial<Quotas> = {},
): Problem[] {
  const nodes = network.nodeInstanceIds.length;
  const zones = new Set(network.subnets.map(({ availabilityZone }) => availabilityZone)).size;
  const targets = ports.length * nodes;
  const inFullestZone = ports.length * Math.ceil(nodes / Math.max(1, zones));
  const demand = `${ports.length} ports on ${nodes} nodes make`;
  const spread = "spread the ports over several exposures, or name fewer nodes in network.nodeInstanceIds";
  const inGroup = exceeded("targetsPerTargetGroup", nodes, quotas, {
    propertyPath: "network.nodeInstanceIds",
    got: `the list has ${nodes} nodes`,
    limit: "targets of a target group",
    fix: "name fewer nodes",
  });
  if (crossZoneLoadBalancing) {
    const acrossZones = exceeded("targetsAcrossZones", targets, quotas, {
      propertyPath: "ports",
      got: `${demand} ${targets} targets`,
      limit: "targets of a load balancer with cross-zone load balancing",
      fix: `switch crossZoneLoadBalancing off, ${spread}`,
    });
    return [...inGroup, ...acrossZones];
  }
  return [
    ...inGroup,
    ...exceeded("targetsPerZone", inFullestZone, quotas, {
      propertyPath: "ports",
      got: `${demand} at least ${inFullestZone} targets in one of ${zones} zones`,
      limit: "targets of a load balancer in a zone",
      fix: spread,
    }),
    ...exceeded("targetsPerLoadBalancer", targets, quotas, {
      propertyPath: "ports",
      got: `${demand} ${targets} targets`,
      limit: "targets of a load balancer",
      fix: spread,
    }),
  ];
}

interface RuleDemand {
  /** How many rules a load balancer needs. */
  readonly rules: number;
  /** How many the program's load balancers before it need in the same group. */
  readonly others: number;
}

/**
 * Whether the rules of a program's load balancers of one kind are certainly more than the nodes' security group may have. What is in it
 * besides is not known here: the rule by which nodes reach each other, and those for load balancers of the other kind, whose group
 * need not be the same.
 */
export function ruleQuotaProblems({ rules, others }: RuleDemand, quotas: Partial<Quotas> = {}): Problem[] {
  const besides = others === 0 ? "" : `, and this program's load balancers before it ${others}`;
  return exceeded("rulesPerSecurityGroup", rules + others, quotas, {
    propertyPath: "loadBalancerSourceRanges",
    got: `with these ports they need ${rules} inbound rules in the nodes' security group${besides}`,
    limit: "inbound rules of a security group, those of others included",
    fix: "join ranges, or leave ports out",
  });
}

/** What is wrong with the quotas themselves. */
export function quotasProblems(quotas: Partial<Quotas> = {}): Problem[] {
  return Object.entries(quotas).flatMap(([quota, value]) =>
    Number.isInteger(value) && value > 0
      ? []
      : [
          {
            propertyPath: `quotas.${quota}`,
            reason: `${value} is not allowed; allowed are whole numbers from 1 on`,
          },
        ],
  );
}

interface Excess {
  readonly propertyPath: string;
  readonly got: string;
  readonly limit: string;
  readonly fix: string;
}

function exceeded(
  quota: keyof Quotas,
  demand: number,
  quotas: Partial<Quotas>,
  { propertyPath, got, limit, fix }: Excess,
): Problem[] {
  const allowed = quotas[quota] ?? defaultQuotas[quota];
  if (demand <= allowed) return [];
  const raise = `ask AWS for more and write the number in quotas.${quota}`;
  const reason = `${got}; allowed are ${allowed} ${limit} (${sourceOf(quota)}): ${fix}, or ${raise}`;
  return [{ propertyPath, reason }];
}

function sourceOf(quota: keyof Quotas): string {
  return quota === "rulesPerSecurityGroup"
    ? "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups"
    : loadBalancerQuotasSource;
}
