/** How full the security groups are in which a controller writes its rules for the nodes. */
import { defaultQuotas } from "../../../../components/aws/quotas.ts";
import type { FillLevel } from "../../cloud.ts";
import type { AwsClusterFacts } from "../model.ts";

/** A group without any rule has no count. */
export function fillLevels({ nodeSecurityGroups, inboundRules }: AwsClusterFacts): FillLevel[] {
  if (inboundRules === undefined) return [];
  return nodeSecurityGroups.map((group) => {
    const { count, isLeast } = inboundRules[group] ?? { count: 0, isLeast: false };
    return {
      group,
      used: count,
      isLeast,
      allowed: defaultQuotas.rulesPerSecurityGroup,
      what: "inbound rules, by AWS's default quota",
      source:
        "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups",
    };
  });
}
