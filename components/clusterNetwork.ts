import type { InvokeOptions } from "@pulumi/pulumi";
import { RunError } from "@pulumi/pulumi";
import { getInstances } from "@pulumi/aws/ec2/getInstances.js";
import { getSecurityGroups } from "@pulumi/aws/ec2/getSecurityGroups.js";
import { getSubnet } from "@pulumi/aws/ec2/getSubnet.js";
import { getSubnets } from "@pulumi/aws/ec2/getSubnets.js";
import type { Subnet } from "./subnets.ts";

/** Where a cluster's nodes are on AWS. */
export interface ClusterNetwork {
  readonly vpcId: string;
  /** Subnets of the VPC that the cluster may use. */
  readonly subnets: readonly Subnet[];
  /** The nodes. A node that comes later is a target only after the next `pulumi up`. */
  readonly nodeInstanceIds: readonly string[];
  /** The security group that all nodes have. */
  readonly nodeSecurityGroupId: string;
}

/** What need not be looked for. */
export interface KnownNetwork {
  readonly nodeInstanceIds?: readonly string[];
  readonly nodeSecurityGroupId?: string;
}

/** How a resource belongs to a cluster. https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/docs/prerequisites.md */
const clusterTagPrefix = "kubernetes.io/cluster/";

/**
 * Finds the network of a cluster by the tag `kubernetes.io/cluster/<clusterName>` (`owned` or `shared`), as the AWS cloud
 * controller manager does: its one security group of nodes, the VPC of that, the running instances, and the subnets that do not
 * belong to another cluster.
 *
 * @throws RunError if the tags fit nothing, or more than one security group
 */
export async function findClusterNetwork(
  clusterName: string,
  known: KnownNetwork = {},
  opts?: InvokeOptions,
): Promise<ClusterNetwork> {
  const [group, nodeInstanceIds] = await Promise.all([
    findNodeSecurityGroup(clusterName, known.nodeSecurityGroupId, opts),
    known.nodeInstanceIds ?? findNodes(clusterName, opts),
  ]);
  return {
    vpcId: group.vpcId,
    subnets: await findSubnets(clusterName, group.vpcId, opts),
    nodeInstanceIds,
    nodeSecurityGroupId: group.id,
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

async function findNodes(clusterName: string, opts?: InvokeOptions): Promise<string[]> {
  const { ids } = await getInstances(
    { filters: [clusterFilter(clusterName)], instanceStateNames: ["running"] },
    opts,
  );
  if (ids.length === 0) {
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
