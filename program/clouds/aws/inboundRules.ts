/** The rules that a security group has in the account. It only reads. */
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

/** Inbound and outbound. Undefined where no account is asked, as in npm run preview. */
export async function findRuleIds(group: string): Promise<readonly string[] | undefined> {
  const { ids } = await getSecurityGroupRules({ filters: [{ name: "group-id", values: [group] }] });
  return Array.isArray(ids) ? ids : undefined;
}

/** One call for each: Pulumi has no look-up that reads all rules of a group at once. */
export async function readInboundRules(ids: readonly string[]): Promise<readonly InboundRule[]> {
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
