import type { ClusterNetwork, KnownNetwork } from "./clusterNetwork.ts";
import type { Problem } from "../core/validation.ts";
import { repeated } from "../core/validation.ts";

/** What is wrong where nodes are named in both ways: which of them would be targets? */
export function targetSourceProblems({ nodeInstanceIds, autoscalingGroupNames }: KnownNetwork): Problem[] {
  if (nodeInstanceIds === undefined || autoscalingGroupNames === undefined) return [];
  return [
    {
      propertyPath: "autoscalingGroupNames",
      reason: `the groups ${autoscalingGroupNames.join(", ")} are given together with nodeInstanceIds (${nodeInstanceIds.join(", ")}); nodes are targets one by one or by their groups, so give one of both`,
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
      "the list is empty, and no node would be a target; name the nodes' groups, or leave it out to have each node attached by itself";
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
              reason: `"${name}" is not allowed as an Auto Scaling group's name; allowed are 1 to ${longestName} characters without a colon: its name, not its ARN`,
            },
          ],
    ),
    ...repeated(autoscalingGroupNames, path, (name) => name),
  ];
}

const longestName = 255;

/**
 * The target group of a port. It has another name by groups than by nodes, so that a change from one to the other replaces it: in the same target
 * group, the nodes' attachments would be deleted after the group was attached, and take out the targets that it had just registered.
 */
export function targetGroupSuffix({
  autoscalingGroupNames,
}: Pick<ClusterNetwork, "autoscalingGroupNames">): string {
  return autoscalingGroupNames === undefined ? "" : "-asg";
}
