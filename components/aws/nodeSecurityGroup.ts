import type { InvokeOptions } from "@pulumi/pulumi";
import { log, RunError } from "@pulumi/pulumi";
import { getInstance } from "@pulumi/aws/ec2/getInstance.js";
import { getSecurityGroups } from "@pulumi/aws/ec2/getSecurityGroups.js";
import { clusterTagPrefix } from "./clusterTags.ts";
import { clusterFilter, runningInstances } from "./nodeInstances.ts";
import type { Filter } from "./nodeInstances.ts";

/** A node and the security groups that decide which one gets the rules. */
export interface NodeGroups {
  readonly instanceId: string;
  /** Its groups with the cluster's tag. */
  readonly tagged: readonly string[];
  /** All its groups if no node has a tagged one. */
  readonly untagged: readonly string[];
}

export type GroupChoice =
  | { readonly kind: "chosen"; readonly groupId: string; readonly members: readonly string[] }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * The one security group of the nodes, of which there is at least one. As the AWS cloud controller manager does, it takes of each instance the group that has the cluster's
 * tag, or the only group that it has. Other groups may have the tag too, such as those of Classic Load Balancers, or the one that EKS
 * makes for the control plane. An instance that has no tagged group while others have one is no member.
 * Source: kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go (findSecurityGroupForInstance)
 */
export function chooseGroup(clusterName: string, nodes: readonly NodeGroups[]): GroupChoice {
  const tag = `${clusterTagPrefix}${clusterName}`;
  const several = nodes.find(({ tagged }) => tagged.length > 1);
  if (several !== undefined) {
    const { instanceId, tagged } = several;
    return refused(
      `The instance ${instanceId} has ${tagged.length} security groups with the tag ${tag}: ${tagged.join(", ")}. ` +
        "The AWS cloud controller manager refuses that as well. Keep the tag on one of them; EKS's own group (tag aws:eks:cluster-name) gets it back, so keep it there",
    );
  }
  const withTag = nodes.filter(({ tagged }) => tagged.length === 1);
  const members = withTag.length > 0 ? withTag : nodes;
  const unclear = members.find(({ tagged, untagged }) => tagged.length === 0 && untagged.length !== 1);
  if (unclear !== undefined) {
    const found = unclear.untagged.length === 0 ? "none" : unclear.untagged.join(", ");
    return refused(
      `No security group of the instance ${unclear.instanceId} has the tag ${tag}; its groups are ${found}. Tag the one for the nodes`,
    );
  }
  const byGroup = new Map<string, string[]>();
  for (const { instanceId, tagged, untagged } of members) {
    const [group = ""] = [...tagged, ...untagged];
    byGroup.set(group, [...(byGroup.get(group) ?? []), instanceId]);
  }
  const [[groupId, ids] = ["", []], ...others] = byGroup;
  if (others.length > 0) {
    const groups = [...byGroup].map(([group, of]) => `${group} (${of.join(", ")})`).join(" and ");
    return refused(`The nodes have different security groups: ${groups}. Give all nodes one group`);
  }
  return { kind: "chosen", groupId, members: ids };
}

const refused = (reason: string): GroupChoice => ({
  kind: "refused",
  reason: `${reason}, or set nodeSecurityGroupId to a group that all nodes have.`,
});

export interface FoundGroup {
  readonly id: string;
  readonly vpcId: string;
  /** The instances that are in it. */
  readonly nodeInstanceIds: readonly string[];
}

/** @throws RunError if there is no such group */
export async function namedGroup(
  id: string,
  nodeInstanceIds: readonly string[],
  opts?: InvokeOptions,
): Promise<FoundGroup> {
  const [vpcId] = (await groupsWith({ name: "group-id", values: [id] }, opts)).vpcIds;
  if (vpcId === undefined) throw new RunError(`There is no security group ${id} in this AWS region.`);
  return { id, vpcId, nodeInstanceIds };
}

/**
 * Finds the nodes' group by its tag.
 *
 * @param nodes the nodes' instances; none if their Auto Scaling groups have none yet
 * @throws RunError if it is not clear which group is the nodes'
 */
export async function findNodeSecurityGroup(
  clusterName: string,
  nodes: readonly string[],
  opts?: InvokeOptions,
): Promise<FoundGroup> {
  const { ids: tagged } = await groupsWith(clusterFilter(clusterName), opts);
  const [only, ...others] = tagged;
  if (nodes.length === 0) {
    if (only !== undefined && others.length === 0) return namedGroup(only, nodes, opts);
    const found =
      only === undefined ? "No security group has" : `The security groups ${tagged.join(", ")} have`;
    throw new RunError(
      `${found} the tag ${clusterTagPrefix}${clusterName}, and no running instance shows which one is the nodes'. Check the cluster's name and the AWS region, or set nodeSecurityGroupId.`,
    );
  }
  const members = await Promise.all(
    tagged.map(async (id) => {
      const inGroup = { name: "instance.group-id", values: [id] };
      return [id, new Set(await runningInstances([inGroup], opts))] as const;
    }),
  );
  const withTagged = nodes.map((instanceId) => ({
    instanceId,
    tagged: members.filter(([, ids]) => ids.has(instanceId)).map(([id]) => id),
  }));
  const anyTagged = withTagged.some((node) => node.tagged.length > 0);
  const choice = chooseGroup(
    clusterName,
    await Promise.all(
      withTagged.map(async (node) => ({
        ...node,
        untagged: anyTagged
          ? []
          : (await getInstance({ instanceId: node.instanceId }, opts)).vpcSecurityGroupIds,
      })),
    ),
  );
  if (choice.kind === "refused") throw new RunError(choice.reason);
  const { groupId, members: nodeInstanceIds } = choice;
  const left = nodes.filter((id) => !nodeInstanceIds.includes(id));
  if (left.length > 0)
    await log.warn(
      `${left.join(", ")}: no target, because the nodes' security group ${groupId} is missing there. If this is a node, add the group to it, or set nodeSecurityGroupId to a group that all nodes have.`,
    );
  return namedGroup(groupId, nodeInstanceIds, opts);
}

const groupsWith = (filter: Filter, opts?: InvokeOptions) => getSecurityGroups({ filters: [filter] }, opts);
