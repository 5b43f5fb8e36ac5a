import type { InvokeOptions } from "@pulumi/pulumi";
import { RunError } from "@pulumi/pulumi";
import { getSubnet } from "@pulumi/aws/ec2/getSubnet.js";
import { getSubnets } from "@pulumi/aws/ec2/getSubnets.js";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import { findAutoscalingGroups, outsideProblems } from "./autoscalingGroups.ts";
import { mayBeUsedBy } from "./clusterTags.ts";
import { findNodes, namedNodes } from "./nodeInstances.ts";
import type { Registration } from "./nodeInstances.ts";
import { findNodeSecurityGroup, namedGroup } from "./nodeSecurityGroup.ts";
import type { Subnet } from "./subnets.ts";
import { groupProblems, namesGroups, targetSourceProblems } from "./targets.ts";

/** A cluster's network on AWS. */
export interface ClusterNetwork {
  /** The VPC of the nodes. */
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
   * `findClusterNetwork` finds those of EKS managed node groups by `nodeGroupNames`.
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
  /** See {@link ClusterNetwork}. */
  readonly autoscalingGroupNames?: readonly string[];
  /**
   * EKS managed node groups, whose Auto Scaling groups are found by the tags that EKS gives them (`eks:cluster-name` and
   * `eks:nodegroup-name`). Set either these or `autoscalingGroupNames`.
   */
  readonly nodeGroupNames?: readonly string[];
  /**
   * The security group that all nodes have.
   * @default the one of each instance that has the cluster's tag
   */
  readonly nodeSecurityGroupId?: string;
  /**
   * Whether the AWS Load Balancer Controller registers the nodes (`targetGroupBinding` of the exposure). It follows nodes of EKS Auto Mode as well,
   * which are refused otherwise.
   * @default false
   */
  readonly targetGroupBinding?: boolean;
}

/**
 * Finds the network of a cluster by the tag `kubernetes.io/cluster/<clusterName>` (`owned` or `shared`), as the AWS cloud
 * controller manager does: the running instances that are nodes, their security group, its VPC, and the subnets that do not belong to
 * another cluster. The Auto Scaling groups are looked up by name: they must exist before the program runs.
 *
 * @throws RunError if nothing has the tag, if nodes are of EKS Auto Mode (found or named), if the nodes' security group is not clear, if there is no such group, or if
 * both nodes and groups are set
 */
export async function findClusterNetwork(
  clusterName: string,
  known: KnownNetwork = {},
  opts?: InvokeOptions,
): Promise<ClusterNetwork> {
  const problems = [...targetSourceProblems(known, known.targetGroupBinding), ...groupProblems(known)];
  if (problems.length > 0)
    throw new RunError(problems.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`).join("\n"));
  const [autoscalingGroups, nodes] = await Promise.all([
    findAutoscalingGroups(clusterName, known, opts),
    known.nodeInstanceIds === undefined
      ? findNodes(clusterName, opts, registrationOf(known))
      : namedNodes(clusterName, known.nodeInstanceIds, opts),
  ]);
  const group = await (known.nodeSecurityGroupId === undefined
    ? findNodeSecurityGroup(clusterName, nodes, opts)
    : namedGroup(known.nodeSecurityGroupId, nodes, opts));
  const subnets = await findSubnets(group.vpcId, opts);
  const outside = outsideProblems(autoscalingGroups ?? [], group.vpcId, subnets);
  if (outside.length > 0) throw new RunError(outside.join("\n"));
  return {
    vpcId: group.vpcId,
    subnets: subnets.filter(({ tags }) => mayBeUsedBy(clusterName, tags)),
    nodeInstanceIds: group.nodeInstanceIds,
    nodeSecurityGroupId: group.id,
    ...withoutUndefined({ autoscalingGroupNames: autoscalingGroups?.map(({ name }) => name) }),
  };
}

function registrationOf(known: KnownNetwork): Registration {
  if (known.targetGroupBinding === true) return "controller";
  return namesGroups(known) ? "groups" : "separate";
}

/** All subnets of the VPC. */
async function findSubnets(vpcId: string, opts?: InvokeOptions): Promise<Subnet[]> {
  const { ids } = await getSubnets({ filters: [{ name: "vpc-id", values: [vpcId] }] }, opts);
  const subnets = await Promise.all([...ids].sort().map((id) => getSubnet({ id }, opts)));
  return subnets.map(({ id, availabilityZone, cidrBlock, ipv6CidrBlock, tags }) => ({
    id,
    availabilityZone,
    cidrBlock,
    // A plug-in may omit it.
    ...withoutUndefined({ ipv6CidrBlock }),
    tags,
  }));
}
