/** How many inbound rules a security group has, as AWS counts them towards its quota. */
import type { RuleCount, RuleFacts } from "../model.ts";

/**
 * The quota holds for IPv4 and for IPv6 rules separately. A rule with a security group or a prefix list as its source counts as both.
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
export function countRules(rules: readonly RuleFacts[]): Record<string, RuleCount> {
  const groups = [...new Set(rules.map(({ securityGroup }) => securityGroup))];
  return Object.fromEntries(
    groups.map((group) => [group, countOf(rules.filter(({ securityGroup }) => securityGroup === group))]),
  );
}

function countOf(rules: readonly RuleFacts[]): RuleCount {
  const ofFamily = (isOther: (source: string) => boolean): number =>
    rules.filter(({ source }) => !isOther(source)).length;
  return {
    count: Math.max(ofFamily(isIPv6), ofFamily(isIPv4)),
    isLeast: rules.some(({ source }) => source.startsWith("pl-")),
  };
}

const isIPv4 = (source: string): boolean => source.includes(".");
const isIPv6 = (source: string): boolean => source.includes(":");
