/** The inbound rules that a security group has in the account. It only reads. */
import { getSecurityGroupRule } from "@pulumi/aws/vpc/getSecurityGroupRule.js";
import { getSecurityGroupRules } from "@pulumi/aws/vpc/getSecurityGroupRules.js";
import { withoutUndefined } from "../../../components/core/withoutUndefined.ts";

/** As AWS shows it. */
export interface InboundRule {
  /** Range, security group or prefix list. */
  readonly source: string;
  readonly ipProtocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly description: string;
}

/** Pulumi has no look-up that reads all rules of a group at once. Undefined where no account is asked, as in npm run preview. */
export async function findInboundRules(group: string): Promise<readonly InboundRule[] | undefined> {
  const { ids } = await getSecurityGroupRules({ filters: [{ name: "group-id", values: [group] }] });
  if (!Array.isArray(ids)) return undefined;
  const rules = await Promise.all(
    ids.map((securityGroupRuleId) => getSecurityGroupRule({ securityGroupRuleId })),
  );
  return rules
    .filter(({ isEgress }) => !isEgress)
    .map(({ ipProtocol, fromPort, toPort, ...rule }) => ({
      ipProtocol,
      fromPort,
      toPort,
      // A plug-in may omit what a rule has not.
      description: withoutUndefined({ description: rule.description }).description ?? "",
      source:
        [rule.cidrIpv4, rule.cidrIpv6, rule.prefixListId, rule.referencedSecurityGroupId].find(Boolean) ?? "",
    }));
}
