import type { InvokeOptions } from "@pulumi/pulumi";
import { RunError } from "@pulumi/pulumi";
import { getInstances } from "@pulumi/aws/ec2/getInstances.js";
import { getSecurityGroups } from "@pulumi/aws/ec2/getSecurityGroups.js";
import { getSubnet } from "@pulumi/aws/ec2/getSubnet.js";
import { getSubnets } from "@pulumi/aws/ec2/getSubnets.js";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { Subnet } from "./subnets.ts";
import { targetSourceProblems } from "./targets.ts";

/** A cluster's network on AWS. */
export interface ClusterNetwork {
  readonly vpcId: string;
  /** Subnets of the VPC that the cluster may use. */
  readonly subnets: readonly Subnet[];
  /** The nodes. Without groups, each node is attached separately, and a new node becomes a target only at the next `pulumi up`. */
  readonly nodeInstanceIds: readonly string[];
  /**
   * The nodes' Auto Scaling groups. They are attached instead of the nodes: AWS registers an instance when it joins its group, and
   * deregisters it before the group terminates it, without an update. A node outside these groups is not a target.
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html
   *
   * For an EKS managed node group they are in its `resources[].autoscalingGroups[].name`:
   * https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupResources.html
   *
   * A change from nodes to groups, or back, replaces the target groups. Until the targets are registered in the new ones, no request is
   * answered.
   *
   * A group should check its instances' health by EC2 only, which is the default. With Elastic Load Balancing's checks as well, it would
   * replace nodes that are unhealthy targets. Under `externalTrafficPolicy: Local` every node without a pod is one.
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-checks-overview.html
   * @default each node is attached separately
   */
  readonly autoscalingGroupNames?: readonly string[];
  /** The security group that all nodes have. */
  readonly nodeSecurityGroupId: string;
}

/** What `findClusterNetwork` does not need to look up. */
export interface KnownNetwork {
  /** Set the nodes or their groups, not both. */
  readonly nodeInstanceIds?: readonly string[];
  /** See {@link ClusterNetwork}. They are never looked up. */
  readonly autoscalingGroupNames?: readonly string[];
  readonly nodeSecurityGroupId?: string;
}

/** How a resource belongs to a cluster. https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/docs/prerequisites.md */
const clusterTagPrefix = "kubernetes.io/cluster/";

/**
 * Finds the network of a cluster by the tag `kubernetes.io/cluster/<clusterName>` (`owned` or `shared`), as the AWS cloud
 * controller manager does: the one security group of the nodes, its VPC, the running instances, and the subnets that do not belong to
 * another cluster.
 *
 * @throws RunError if nothing has the tag, if more than one security group has it, or if both nodes and groups are set
 */
export async function findClusterNetwork(
  clusterName: string,
  known: KnownNetwork = {},
  opts?: InvokeOptions,
): Promise<ClusterNetwork> {
  const problems = targetSourceProblems(known);
  if (problems.length > 0) throw new RunError(problems.map(({ reason }) => reason).join("\n"));
  const [group, nodeInstanceIds] = await Promise.all([
    findNodeSecurityGroup(clusterName, known.nodeSecurityGroupId, opts),
    known.nodeInstanceIds ?? findNodes(clusterName, known, opts),
  ]);
  return {
    vpcId: group.vpcId,
    subnets: await findSubnets(clusterName, group.vpcId, opts),
    nodeInstanceIds,
    nodeSecurityGroupId: group.id,
    ...withoutUndefined({ autoscalingGroupNames: known.autoscalingGroupNames }),
  };
}

function clusterFilter(clusterName: string): { name: string; values: string[] } {
  return { name: `tag:${clusterTagPrefix}${clusterName}`, values: ["owned", "shared"] };
}

async function findNodeSecurityGroup(clusterName: string, id: string | undefined, opts?: InvokeOptions) {
  const filter = id === undefined ? clusterFilter(clusterName) : { name: "group-id", values: [id] };
  const { ids, vpcIds } = await getSecurityGroups({ filters: [filter] }, opts);
  const [groupId] = ids;
  const [vpcId] = vpcIds;
  if (groupId === undefined || vpcId === undefined) {
    throw new RunError(
      id === undefined
        ? `No security group has the tag ${clusterTagPrefix}${clusterName}. Check the cluster's name and the AWS region, or set nodeSecurityGroupId.`
        : `There is no security group ${id} in this AWS region.`,
    );
  }
  if (ids.length > 1) {
    throw new RunError(
      `${ids.length} security groups have the tag ${clusterTagPrefix}${clusterName}: ${ids.join(", ")}. ` +
        "Only the nodes' group may have it, also for the AWS cloud controller manager; untag the others, or set nodeSecurityGroupId.",
    );
  }
  return { id: groupId, vpcId };
}

async function findNodes(
  clusterName: string,
  { autoscalingGroupNames }: KnownNetwork,
  opts?: InvokeOptions,
): Promise<string[]> {
  const { ids } = await getInstances(
    { filters: [clusterFilter(clusterName)], instanceStateNames: ["running"] },
    opts,
  );
  // A group may have no instances yet: the group itself is attached.
  if (ids.length === 0 && autoscalingGroupNames === undefined) {
    throw new RunError(
      `No running instance has the tag ${clusterTagPrefix}${clusterName}. Check the cluster's name and the AWS region, or set nodeInstanceIds.`,
    );
  }
  // Sorted, so that the order of AWS's answer never shows up as a change.
  return [...ids].sort();
}

async function findSubnets(clusterName: string, vpcId: string, opts?: InvokeOptions): Promise<Subnet[]> {
  const { ids } = await getSubnets({ filters: [{ name: "vpc-id", values: [vpcId] }] }, opts);
  const subnets = await Promise.all([...ids].sort().map((id) => getSubnet({ id }, opts)));
  return subnets
    .map(({ id, availabilityZone, cidrBlock, tags }) => ({ id, availabilityZone, cidrBlock, tags }))
    .filter(({ tags }) => {
      const clusters = Object.keys(tags).filter((tag) => tag.startsWith(clusterTagPrefix));
      return clusters.length === 0 || clusters.includes(`${clusterTagPrefix}${clusterName}`);
    });
}
