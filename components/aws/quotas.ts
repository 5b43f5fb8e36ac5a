import type { Problem } from "../core/validation.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { defaultCrossZoneLoadBalancing, loadBalancerQuotasSource } from "./defaults.ts";
import type { TrafficOptions } from "./trafficOptions.ts";

/**
 * AWS's quotas that a program's exposures can reach. AWS can raise each of them for an account. Two others are missing: AWS does not
 * raise the number of listeners, and other programs' load balancers count towards the number of load balancers in a region.
 */
export interface Quotas {
  /** Targets of one load balancer per zone. A target counts once for each target group that it is in. */
  readonly targetsPerZone: number;
  /** Targets of one load balancer. */
  readonly targetsPerLoadBalancer: number;
  /** Targets of one load balancer with cross-zone load balancing, over all zones. */
  readonly targetsAcrossZones: number;
  /** Instances in one target group. */
  readonly targetsPerTargetGroup: number;
  /** Inbound rules of one security group. */
  readonly rulesPerSecurityGroup: number;
}

/** AWS's defaults. */
export const defaultQuotas: Quotas = {
  targetsPerZone: 500,
  targetsPerLoadBalancer: 3000,
  targetsAcrossZones: 500,
  targetsPerTargetGroup: 1000,
  rulesPerSecurityGroup: 60,
};

/** Whether the targets count across zones: a target group's own setting wins. */
export const crossesZones = ({
  targetGroupCrossZoneLoadBalancing,
  crossZoneLoadBalancing,
}: TrafficOptions): boolean =>
  targetGroupCrossZoneLoadBalancing ?? crossZoneLoadBalancing ?? defaultCrossZoneLoadBalancing;

/** What determines a load balancer's targets: each port has a target group with every node. */
interface TargetDemand {
  /** What other exposures have behind the same load balancer. @default none */
  readonly others?: readonly {
    readonly listeners: readonly unknown[];
    readonly nodeInstanceIds: readonly string[];
  }[];
  readonly ports: readonly unknown[];
  readonly network: Pick<ClusterNetwork, "nodeInstanceIds" | "subnets">;
  readonly crossZoneLoadBalancing: boolean;
}

/**
 * The target quotas that are certainly exceeded. How the nodes are spread over the zones is not known here: the fullest zone has at
 * least an equal share of them.
 */
export function targetQuotaProblems(
  { ports, network, crossZoneLoadBalancing, others = [] }: TargetDemand,
  quotas: Partial<Quotas> = {},
): Problem[] {
  const nodes = network.nodeInstanceIds.length;
  const zones = new Set(network.subnets.map(({ availabilityZone }) => availabilityZone)).size;
  const behind = [...others, { listeners: ports, nodeInstanceIds: network.nodeInstanceIds }];
  const targets = behind.reduce((sum, each) => sum + each.listeners.length * each.nodeInstanceIds.length, 0);
  const inFullestZone = leastInFullestZone(behind, zones);
  const ofOthers = targets - ports.length * nodes;
  const demand = `${ports.length} ports on ${nodes} nodes make${ofOthers === 0 ? "" : `, with ${ofOthers} of the load balancer's other exposures,`}`;
  const spread = "spread the ports over several exposures, or name fewer nodes in network.nodeInstanceIds";
  const inGroup = exceeded("targetsPerTargetGroup", nodes, quotas, {
    propertyPath: "network.nodeInstanceIds",
    got: `the list has ${nodes} nodes`,
    limit: "targets per target group",
    fix: "name fewer nodes",
  });
  if (crossZoneLoadBalancing) {
    const acrossZones = exceeded("targetsAcrossZones", targets, quotas, {
      propertyPath: "ports",
      got: `${demand} ${targets} targets`,
      limit: "targets per load balancer with cross-zone load balancing",
      fix: `switch off cross-zone load balancing, ${spread}`,
    });
    return [...inGroup, ...acrossZones];
  }
  return [
    ...inGroup,
    ...exceeded("targetsPerZone", inFullestZone, quotas, {
      propertyPath: "ports",
      got: `${demand} at least ${inFullestZone} targets in one of ${zones} zones`,
      limit: "targets per load balancer and zone",
      fix: spread,
    }),
    ...exceeded("targetsPerLoadBalancer", targets, quotas, {
      propertyPath: "ports",
      got: `${demand} ${targets} targets`,
      limit: "targets per load balancer",
      fix: spread,
    }),
  ];
}

/** The same nodes are spread in the same way for all their ports. */
function leastInFullestZone(behind: NonNullable<TargetDemand["others"]>, zones: number): number {
  const portsByNodes = new Map<string, number>();
  for (const { listeners, nodeInstanceIds } of behind) {
    const nodes = [...nodeInstanceIds].sort().join();
    portsByNodes.set(nodes, (portsByNodes.get(nodes) ?? 0) + listeners.length);
  }
  const shares = [...portsByNodes].map(([nodes, ports]) => {
    const count = nodes === "" ? 0 : nodes.split(",").length;
    return { even: ports * Math.ceil(count / Math.max(1, zones)), targets: ports * count };
  });
  const all = shares.reduce((sum, { targets }) => sum + targets, 0);
  return Math.max(Math.ceil(all / Math.max(1, zones)), ...shares.map(({ even }) => even));
}

interface RuleDemand {
  /** The option that names whom the rules let in. @default "loadBalancerSourceRanges" */
  readonly propertyPath?: string;
  /** Rules that one load balancer needs. */
  readonly rules: number;
  /** Rules that the program's earlier load balancers need in the same group. */
  readonly others: number;
  /** What would make them fewer. @default other ranges or ports */
  readonly fix?: string;
}

/**
 * Whether the load balancers of one kind in a program certainly need more rules than the nodes' security group may have. The group's
 * other rules are not known here, such as the one by which nodes reach each other. {@link togetherNotes} adds both kinds.
 */
export function ruleQuotaProblems(
  { propertyPath = ofRanges, rules, others, fix = "merge ranges, remove ports" }: RuleDemand,
  quotas: Partial<Quotas> = {},
): Problem[] {
  const besides = others === 0 ? "" : `, and this program's earlier load balancers need ${others}`;
  return exceeded("rulesPerSecurityGroup", rules + others, quotas, {
    propertyPath,
    got: `with these ports they need ${rules} inbound rules in the nodes' security group${besides}`,
    limit: "inbound rules per security group, including those of others",
    fix,
  });
}

/**
 * Whether the group that is made for one load balancer certainly needs more rules than it may have. No other load balancer has this group.
 * Others are those that other exposures of the load balancer need in it.
 */
export function ownGroupQuotaProblems(
  { propertyPath = ofRanges, rules, others }: Pick<RuleDemand, "propertyPath" | "rules" | "others">,
  quotas: Partial<Quotas> = {},
): Problem[] {
  const besides = others === 0 ? "" : `, and the load balancer's other exposures need ${others}`;
  return exceeded("rulesPerSecurityGroup", rules + others, quotas, {
    propertyPath,
    got: `with these ports they need ${rules} inbound rules in the load balancer's own security group${besides}`,
    limit: "inbound rules per security group",
    fix: "merge ranges, remove ports",
  });
}

const ofRanges = "loadBalancerSourceRanges";

/** Rules of both kinds of load balancers, in one security group of a cluster's nodes. */
export interface RulesTogether {
  readonly securityGroupId: string;
  readonly declared: number;
  /** The least that the AWS cloud controller manager adds, in the same subnets. */
  readonly added: number;
}

/**
 * A note if the rules of both kinds exceed the quota together. It is no problem: the controller writes into the group of each instance that has the
 * cluster's tag, and the program may have been given another.
 */
export function togetherNotes(all: readonly RulesTogether[], quotas: Partial<Quotas> = {}): string[] {
  return all
    .filter(({ declared, added }) => declared > 0 && added > 0)
    .flatMap(({ securityGroupId, declared, added }) =>
      exceeded("rulesPerSecurityGroup", declared + added, quotas, {
        propertyPath: "loadBalancerSourceRanges",
        got: `this program's load balancers need ${declared} inbound rules in the nodes' security group ${securityGroupId}, and the AWS cloud controller manager adds at least ${added} to the nodes' group for the LoadBalancer Services in the same subnets, ${declared + added} together if it is the same group`,
        limit: "inbound rules per security group, including those of others",
        fix: "merge ranges, remove ports",
      }),
    )
    .map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
}

/** What is wrong with the quotas themselves. */
export function quotasProblems(quotas: Partial<Quotas> = {}): Problem[] {
  return Object.entries(quotas).flatMap(([quota, value]) =>
    Number.isInteger(value) && value > 0
      ? []
      : [
          {
            propertyPath: `quotas.${quota}`,
            reason: `${value} is not allowed; allowed are whole numbers from 1`,
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
  const raise = `ask AWS for more and set quotas.${quota} to the number`;
  const reason = `${got}; allowed are ${allowed} ${limit} (${sourceOf(quota)}): ${fix}, or ${raise}`;
  return [{ propertyPath, reason }];
}

function sourceOf(quota: keyof Quotas): string {
  return quota === "rulesPerSecurityGroup"
    ? "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups"
    : loadBalancerQuotasSource;
}
