import type { InvokeOptions } from "@pulumi/pulumi";
import { RunError } from "@pulumi/pulumi";
import { getInstances } from "@pulumi/aws/ec2/getInstances.js";
import { getSecurityGroups } from "@pulumi/aws/ec2/getSecurityGroups.js";
import { getSubnet } from "@pulumi/aws/ec2/getSubnet.js";
import { getSubnets } from "@pulumi/aws/ec2/getSubnets.js";
import type { Subnet } from "./subnets.ts";
import { targetSourceProblems } from "./targets.ts";

/** Where a cluster's nodes are on AWS. */
export interface ClusterNetwork {
  readonly vpcId: string;
  /** Subnets of the VPC that the cluster may use. */
  readonly subnets: readonly Subnet[];
  /** The nodes. Without groups each is attached by itself, and a node that comes later is a target only after the next `pulumi up`. */
  readonly nodeInstanceIds: readonly string[];
  /**
   * The Auto Scaling groups that the nodes are instances of. They are attached in the nodes' place: AWS registers an instance when it joins its
   * group, and deregisters it before the group terminates it, without an update. A node in none of them is no target.
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html
   *
   * Those of an EKS managed node group are its `resources[].autoscalingGroups[].name`:
   * https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupResources.html
   *
   * A change between nodes and groups replaces the target groups, and until the targets are registered at the new ones nobody is answered.
   *
   * A group should go on checking its instances' health by EC2 alone, as is the default: with Elastic Load Balancing's checks on top it would replace nodes
   * that are unhealthy targets, which under `externalTrafficPolicy: Local` every node without a pod is.
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-checks-overview.html
   * @default each node is attached by itself
   */
  readonly autoscalingGroupNames?: readonly string[];
  /** The security group that all nodes have. */
  readonly nodeSecurityGroupId: string;
}

/** What need not be looked for. */
export interface KnownNetwork {
  /** Not together with groups, whose instances AWS knows. */
  readonly nodeInstanceIds?: readonly string[];
  /** See {@link ClusterNetwork}; nobody looks for them. */
  readonly autoscalingGroupNames?: readonly string[];
  readonly nodeSecurityGroupId?: string;
}

/** How a resource belongs to a cluster. https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/docs/prerequisites.md */
const clusterTagPrefix = "kubernetes.io/cluster/";

/**
 * Finds the network of a cluster by the tag `kubernetes.io/cluster/<clusterName>` (`owned` or `shared`), as the AWS cloud
 * controller manager does: its one security group of nodes, the VPC of that, the running instances, and the subnets that do not
 * belong to another cluster.
 *
 * @throws RunError if the tags fit nothing, or more than one security group; and for nodes that are given in two ways
 */
export async function findClusterNetwork(
  clusterName: string,
  known: KnownNetwork = {},
  opts?: InvokeOptions,
): Promise<ClusterNetwork> {
  refuseTwoWays(known);
  const [group, nodeInstanceIds] = await Promise.all([
    findNodeSecurityGroup(clusterName, known.nodeSecurityGroupId, opts),
    known.nodeInstanceIds ?? findNodes(clusterName, known, opts),
  ]);
  return {
    vpcId: group.vpcId,
    subnets: await findSubnets(clusterName, group.vpcId, opts),
    nodeInstanceIds,
    nodeSecurityGroupId: group.id,
    ...(known.autoscalingGroupNames === undefined
      ? {}
      : { autoscalingGroupNames: known.autoscalingGroupNames }),
  };
}

function refuseTwoWays(known: KnownNetwork): void {
  const problems = targetSourceProblems(known);
  if (problems.length > 0) throw new RunError(problems.map(({ reason }) => reason).join("\n"));
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
        ? `No security group carries the tag ${clusterTagPrefix}${clusterName}. Check the cluster's name and the AWS region, or give nodeSecurityGroupId.`
        : `There is no security group ${id} in this AWS region.`,
    );
  }
  if (ids.length > 1) {
    throw new RunError(
      `${ids.length} security groups carry the tag ${clusterTagPrefix}${clusterName}: ${ids.join(", ")}. ` +
        "The nodes' one must be the only one, for the cloud controller too; untag the others, or give nodeSecurityGroupId.",
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
  // A group may have no instance yet: it is the group that is attached.
  if (ids.length === 0 && autoscalingGroupNames === undefined) {
    throw new RunError(
      `No running instance carries the tag ${clusterTagPrefix}${clusterName}. Check the cluster's name and the AWS region, or give nodeInstanceIds.`,
    );
  }
  // Sorted, so that the order in which AWS answers never shows as a change.
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
