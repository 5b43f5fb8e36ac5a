import type { Problem } from "../core/validation.ts";
import { repeated } from "../core/validation.ts";
import type { ClusterNetwork, KnownNetwork } from "./clusterNetwork.ts";

/** A problem if both nodes and groups are set: it would be unclear which nodes are targets. */
export function targetSourceProblems({ nodeInstanceIds, autoscalingGroupNames }: KnownNetwork): Problem[] {
  if (nodeInstanceIds === undefined || autoscalingGroupNames === undefined) return [];
  return [
    {
      propertyPath: "autoscalingGroupNames",
      reason: `the groups ${autoscalingGroupNames.join(", ")} are set together with nodeInstanceIds (${nodeInstanceIds.join(", ")}); nodes are targets separately or through their groups; set one, not both`,
    },
  ];
}

/**
 * What is wrong with the groups of a network.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html
 */
export function groupProblems({
  autoscalingGroupNames,
}: Pick<ClusterNetwork, "autoscalingGroupNames">): Problem[] {
  if (autoscalingGroupNames === undefined) return [];
  const propertyPath = "network.autoscalingGroupNames";
  if (autoscalingGroupNames.length === 0) {
    const reason =
      "the list is empty, so no node would be a target; name the nodes' groups, or omit the list to attach each node separately";
    return [{ propertyPath, reason }];
  }
  const path = (index: number): string => `${propertyPath}[${index}]`;
  return [
    ...autoscalingGroupNames.flatMap((name, index) =>
      name.length >= 1 && name.length <= longestName && !name.includes(":")
        ? []
        : [
            {
              propertyPath: path(index),
              reason: `"${name}" is not allowed as an Auto Scaling group's name; allowed are 1 to ${longestName} characters without a colon; set its name, not its ARN`,
            },
          ],
    ),
    ...repeated(autoscalingGroupNames, path, (name) => name),
  ];
}

const longestName = 255;

/**
 * The suffix of a target group's name. It differs between groups and nodes, so that a change from one to the other replaces the target
 * group. In the same target group, Pulumi would delete the nodes' attachments after it attached the Auto Scaling group, and with them the
 * targets that the group had just registered.
 */
export function targetGroupSuffix({
  autoscalingGroupNames,
}: Pick<ClusterNetwork, "autoscalingGroupNames">): string {
  return autoscalingGroupNames === undefined ? "" : "-asg";
}
