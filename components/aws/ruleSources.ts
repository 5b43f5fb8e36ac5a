import type { ExposureOptions } from "../core/exposure.ts";
import { isIpv6Range } from "../core/sourceRanges.ts";
import type { SourceOptions } from "./sourceOptions.ts";

/** Whom a rule lets in. */
export interface RuleSource {
  /** The argument that the rule's resource has for it. */
  readonly kind: "cidrIpv4" | "cidrIpv6" | "prefixListId" | "referencedSecurityGroupId";
  /** The range or the id. */
  readonly value: string;
  /** As how many rules AWS counts the rule. */
  readonly weight: number;
}

export const rangeSource = (value: string): RuleSource => ({
  kind: isIpv6Range(value) ? "cidrIpv6" : "cidrIpv4",
  value,
  weight: 1,
});

/** Everybody who may connect, as sources of rules. */
export function clientsOf({
  loadBalancerSourceRanges,
  sourcePrefixLists = [],
  sourceSecurityGroups = [],
}: Pick<ExposureOptions, "loadBalancerSourceRanges"> & SourceOptions): RuleSource[] {
  return [
    ...loadBalancerSourceRanges.map(rangeSource),
    ...sourcePrefixLists.map(({ id, maxEntries = 1 }): RuleSource => ({
      kind: "prefixListId",
      value: id,
      weight: maxEntries,
    })),
    ...sourceSecurityGroups.map((value): RuleSource => ({
      kind: "referencedSecurityGroupId",
      value,
      weight: 1,
    })),
  ];
}

/**
 * The rules as AWS counts them: one with a prefix list counts as the list's maximum number of entries. The quota holds for IPv4 and for IPv6 separately, and what is no
 * range counts for both. https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 * https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html#managed-prefix-lists-rules
 */
export function countedRules(rules: readonly { readonly source?: RuleSource }[]): number {
  const without = (other: RuleSource["kind"]): number =>
    rules
      .filter(({ source }) => source?.kind !== other)
      .reduce((sum, { source }) => sum + (source?.weight ?? 1), 0);
  return Math.max(without("cidrIpv6"), without("cidrIpv4"));
}

/** The option that names most of them. An error about the number of rules is about this one. */
export function sourcesPath({
  loadBalancerSourceRanges,
  sourcePrefixLists,
}: Pick<ExposureOptions, "loadBalancerSourceRanges"> & SourceOptions): string {
  if (loadBalancerSourceRanges.length > 0) return "loadBalancerSourceRanges";
  return sourcePrefixLists === undefined ? "sourceSecurityGroups" : "sourcePrefixLists";
}
