import type { Problem } from "../core/validation.ts";
import { repeated } from "../core/validation.ts";
import type { ClusterNetwork, KnownNetwork } from "./clusterNetwork.ts";
import type { TargetType } from "./targetType.ts";

type Sources = Pick<KnownNetwork, "nodeInstanceIds" | "autoscalingGroupNames" | "nodeGroupNames">;

/**
 * A problem if several of nodes, groups and node groups are set: it would be unclear which nodes are targets.
 *
 * @param targetGroupBinding whether the AWS Load Balancer Controller registers the nodes. @default false
 */
export function targetSourceProblems(known: Sources, targetGroupBinding = false): Problem[] {
  const names = ["nodeInstanceIds", "autoscalingGroupNames", "nodeGroupNames"] as const;
  const [first, second] = names.filter((name) => known[name] !== undefined);
  const list = (name: (typeof names)[number]) => (known[name] ?? []).join(", ");
  if (first !== undefined && targetGroupBinding) return [boundBesides(first, list(first))];
  if (first === undefined || second === undefined) return [];
  return [
    {
      propertyPath: second,
      reason: `${list(second)} is set together with ${first} (${list(first)}); nodes are targets separately or through their groups; set one of them`,
    },
  ];
}

/** The controller deregisters every target that it has not registered. */
const boundBesides = (name: string, list: string): Problem => ({
  propertyPath: "targetGroupBinding",
  reason: `it is set together with ${name} (${list}); the AWS Load Balancer Controller finds the nodes itself, and takes out what else is registered; set one of them`,
});

/** A problem if both the AWS Load Balancer Controller and Auto Scaling groups would register targets. */
export function bindingProblems(
  { autoscalingGroupNames }: Pick<ClusterNetwork, "autoscalingGroupNames">,
  isBound: boolean,
): Problem[] {
  return isBound && autoscalingGroupNames !== undefined
    ? [boundBesides("network.autoscalingGroupNames", autoscalingGroupNames.join(", "))]
    : [];
}

/** Whether the nodes become targets through their Auto Scaling groups. */
export const namesGroups = ({ autoscalingGroupNames, nodeGroupNames }: Sources): boolean =>
  autoscalingGroupNames !== undefined || nodeGroupNames !== undefined;

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
 * The suffix of a target group's name. It differs between groups, nodes, bindings and pods, so that a change from one to another replaces the target
 * group. In the same target group, Pulumi would delete the nodes' attachments after it attached the Auto Scaling group, and with them the
 * targets that the group had just registered.
 *
 * @param isBound whether the AWS Load Balancer Controller registers the nodes
 */
export function targetGroupSuffix(
  { autoscalingGroupNames }: Pick<ClusterNetwork, "autoscalingGroupNames">,
  isBound: boolean,
  targetType?: TargetType,
): string {
  if (targetType === "ip") return "-ip";
  if (isBound) return "-tgb";
  return autoscalingGroupNames === undefined ? "" : "-asg";
}
