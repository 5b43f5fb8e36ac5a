/** How full the security groups are in which a controller writes its rules for the nodes. */
import type { FillLevel } from "../../cloud.ts";
import type { AwsClusterFacts } from "../model.ts";
import { rulesAllowed } from "../rulesAllowed.ts";

/** A group without any rule has no count. */
export function fillLevels({ nodeSecurityGroups, inboundRules }: AwsClusterFacts): FillLevel[] {
  if (inboundRules === undefined) return [];
  return nodeSecurityGroups.map((group) => {
    const { count, isLeast } = inboundRules[group] ?? { count: 0, isLeast: false };
    return {
      group,
      used: count,
      isLeast,
      ...rulesAllowed("inbound rules"),
    };
  });
}
