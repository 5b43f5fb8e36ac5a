import type { ComponentResource, Input } from "@pulumi/pulumi";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import type { Problem } from "../core/validation.ts";
import { repeated } from "../core/validation.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";

type Options = Pick<
  NetworkLoadBalancerOptions,
  "securityGroups" | "loadBalancerSourceRanges" | "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic"
>;

/** What is wrong with the security groups of a load balancer in both ways. */
export function securityGroupProblems(options: Options): Problem[] {
  const { securityGroups, enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforced } = options;
  return [
    ...(enforced === undefined || enforcements.includes(enforced)
      ? []
      : [
          {
            propertyPath: "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
            reason: `"${enforced}" is not allowed; allowed are ${enforcements.map((each) => `"${each}"`).join(" and ")}`,
          },
        ]),
    ...(securityGroups === undefined || securityGroups === "own"
      ? []
      : givenProblems(options, securityGroups)),
  ];
}

/** Programs in JavaScript have no types. */
const enforcements: readonly string[] = ["on", "off"];

/** What is wrong where a load balancer has no groups unless the program says so. */
export function withoutGroupsProblems(options: Options): Problem[] {
  const { securityGroups, enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforced } = options;
  if (enforced === undefined || securityGroups !== undefined) return [];
  return [
    {
      propertyPath: "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
      reason: `"${enforced}" cannot be set: the load balancer has no security groups; set securityGroups, or omit it`,
    },
  ];
}

function givenProblems({ loadBalancerSourceRanges }: Options, given: string | readonly string[]): Problem[] {
  const propertyPath = "securityGroups";
  const allowed = `allowed are "own" and a list of ids of security groups, such as ["sg-0123456789abcdef0"]`;
  if (typeof given === "string") return [{ propertyPath, reason: `"${given}" is not allowed; ${allowed}` }];
  if (given.length === 0)
    return [
      {
        propertyPath,
        reason: `the list is empty; ${allowed}; omit it for a load balancer without security groups`,
      },
    ];
  const path = (index: number): string => `${propertyPath}[${index}]`;
  return [
    ...given.flatMap((id, index) =>
      /^sg-\w+$/.test(id)
        ? []
        : [{ propertyPath: path(index), reason: `"${id}" is not the id of a security group; ${allowed}` }],
    ),
    ...repeated(given, path, (id) => id),
    ...(loadBalancerSourceRanges.length === 0
      ? []
      : [
          {
            propertyPath: "loadBalancerSourceRanges",
            reason: `${loadBalancerSourceRanges.join(", ")} would have no effect: the rules of the given security groups (${given.join(", ")}) say who may connect; set [], or set securityGroups to "own"`,
          },
        ]),
  ];
}

/** The groups of a load balancer. */
export interface DeclaredGroups {
  /** Undefined for a load balancer without groups. */
  readonly ids?: Input<string>[];
  /** The one that the program makes. */
  readonly own?: SecurityGroup;
}

export function declareGroups(
  name: string,
  { securityGroups, network, tags }: GroupArgs,
  parent: ComponentResource,
): DeclaredGroups {
  if (securityGroups === undefined) return {};
  if (securityGroups !== "own") return { ids: [...securityGroups] };
  const own = declareOwnGroup(name, network, tags, parent);
  return { ids: [own.id], own };
}

type GroupArgs = Pick<NetworkLoadBalancerOptions, "securityGroups" | "tags"> & {
  readonly network: Pick<ClusterNetwork, "vpcId" | "nodeSecurityGroupId">;
};

/** It lets the load balancer reach the nodes and nothing else. The rules for clients are not in it yet. */
function declareOwnGroup(
  name: string,
  { vpcId, nodeSecurityGroupId }: GroupArgs["network"],
  tags: GroupArgs["tags"],
  parent: ComponentResource,
): SecurityGroup {
  const group = new SecurityGroup(
    name,
    { vpcId, description: `Network Load Balancer ${name}`, ...withoutUndefined({ tags }) },
    { parent },
  );
  letOut(`${name}-to-nodes`, { name, group, securityGroupId: nodeSecurityGroupId, parent });
  return group;
}

interface WayOut {
  /** The load balancer's. */
  readonly name: string;
  readonly group: SecurityGroup;
  /** Of the nodes. */
  readonly securityGroupId: string;
  readonly parent: ComponentResource;
}

/** @param resource the rule's name in the program */
export function letOut(resource: string, { name, group, securityGroupId, parent }: WayOut): void {
  new SecurityGroupEgressRule(
    resource,
    {
      securityGroupId: group.id,
      ipProtocol: "-1",
      referencedSecurityGroupId: securityGroupId,
      description: `${name}: traffic and health checks to the nodes`,
    },
    { parent },
  );
}
