import type { InvokeOptions } from "@pulumi/pulumi";
import { RunError } from "@pulumi/pulumi";
// The name is an error of the package's: it lists Auto Scaling groups. https://www.pulumi.com/registry/packages/aws/api-docs/autoscaling/getamiids/
import { getAmiIds as getGroups } from "@pulumi/aws/autoscaling/getAmiIds.js";
import { getGroup } from "@pulumi/aws/autoscaling/getGroup.js";
import type { KnownNetwork } from "./clusterNetwork.ts";
import type { Filter } from "./nodeInstances.ts";
import type { Subnet } from "./subnets.ts";

/** An Auto Scaling group and where it launches instances. */
export interface FoundAutoscalingGroup {
  readonly name: string;
  readonly subnetIds: readonly string[];
}

/** Tags of the Auto Scaling groups of EKS managed node groups. https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html */
const clusterTag = "tag:eks:cluster-name";
const nodeGroupTag = "tag:eks:nodegroup-name";

/**
 * The groups by which the nodes become targets, or undefined if none are named.
 *
 * @throws RunError that names the groups that there are, if one does not exist
 */
export async function findAutoscalingGroups(
  clusterName: string,
  { autoscalingGroupNames, nodeGroupNames }: KnownNetwork,
  opts?: InvokeOptions,
): Promise<FoundAutoscalingGroup[] | undefined> {
  const ofCluster = { name: clusterTag, values: [clusterName] };
  if (nodeGroupNames !== undefined) {
    const names = await Promise.all(
      nodeGroupNames.map(async (nodeGroup) => {
        const found = await namesWith([ofCluster, { name: nodeGroupTag, values: [nodeGroup] }], opts);
        if (found.length > 0) return found;
        throw new RunError(
          `nodeGroupNames: the cluster ${clusterName} has no managed node group "${nodeGroup}"; the Auto Scaling groups of its node groups are ${listed(await namesWith([ofCluster], opts))}. Name the node group as EKS does, or its Auto Scaling group in autoscalingGroupNames.`,
        );
      }),
    );
    return Promise.all(names.flat().map((name) => found(name, opts)));
  }
  if (autoscalingGroupNames === undefined) return undefined;
  const { names } = await getGroups({ names: [...autoscalingGroupNames] }, opts);
  const missing = autoscalingGroupNames.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const ofIts = await namesWith([ofCluster], opts);
    const there = ofIts.length > 0 ? ofIts : await namesWith([], opts);
    throw new RunError(
      `autoscalingGroupNames: there is no Auto Scaling group ${missing.join(", ")} in this AWS region; there are ${listed(there)}. Set the group's own name; for an EKS managed node group, set nodeGroupNames instead.`,
    );
  }
  return Promise.all(autoscalingGroupNames.map((name) => found(name, opts)));
}

/** Groups whose instances cannot be targets, because they are in another VPC. */
export function outsideProblems(
  groups: readonly FoundAutoscalingGroup[],
  vpcId: string,
  subnets: readonly Subnet[],
): string[] {
  const inside = new Set(subnets.map(({ id }) => id));
  return groups.flatMap(({ name, subnetIds }) => {
    const outside = subnetIds.filter((id) => !inside.has(id));
    return outside.length === 0
      ? []
      : `The Auto Scaling group ${name} launches instances in ${outside.join(", ")}, outside the cluster's VPC ${vpcId}, where they cannot be targets. Name the groups of this cluster's nodes.`;
  });
}

async function namesWith(filters: readonly Filter[], opts?: InvokeOptions): Promise<string[]> {
  const { names } = await getGroups(filters.length === 0 ? {} : { filters: [...filters] }, opts);
  return [...names].sort();
}

async function found(name: string, opts?: InvokeOptions): Promise<FoundAutoscalingGroup> {
  const { vpcZoneIdentifier } = await getGroup({ name }, opts);
  return { name, subnetIds: vpcZoneIdentifier.split(",").filter((id) => id !== "") };
}

const listed = (names: readonly string[]): string => (names.length === 0 ? "none" : names.join(", "));
