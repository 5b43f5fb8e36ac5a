import type { Problem } from "../core/validation.ts";
import { outOfRange, repeated } from "../core/validation.ts";
import { groupsAreGiven } from "./givenGroups.ts";
import type { LoadBalancerOptions } from "./loadBalancerOptions.ts";

/** A list of address ranges that others keep up to date: AWS, such as the one of CloudFront's servers, or whoever made it. */
export interface SourcePrefixList {
  /** The list's id, such as `pl-0123456789abcdef0`. */
  readonly id: string;
  /**
   * The list's maximum number of entries, which its resource has, or the weight of one of AWS's own lists. A rule that names the list counts as this many rules
   * towards the quota of the security group. https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html#aws-managed-prefix-list-weights
   * @default 1, the least: AWS may then refuse rules that a preview has not
   */
  readonly maxEntries?: number;
}

/** Who may connect, in addition to `loadBalancerSourceRanges`. With one of these, the ranges may be `[]`. */
export interface SourceOptions {
  /**
   * Prefix lists whose addresses may connect. They get no rule for path MTU discovery: the routers that report it are in no such list, and the rule would count as much as
   * the one for the clients.
   *
   * A list costs nothing.
   * @default none
   */
  readonly sourcePrefixLists?: readonly SourcePrefixList[];
  /**
   * Ids of security groups whose members may connect, by their private addresses, so in general to an internal load balancer. Only for a load balancer whose security group
   * the program makes: AWS does not apply such a rule in the targets' group.
   * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-referencing
   * @default none
   */
  readonly sourceSecurityGroups?: readonly string[];
}

type Options = SourceOptions & Pick<LoadBalancerOptions, "securityGroups">;

/** Whether something else than a range says who may connect. */
export const hasOtherSources = ({ sourcePrefixLists, sourceSecurityGroups }: SourceOptions): boolean =>
  sourcePrefixLists !== undefined || sourceSecurityGroups !== undefined;

/** What is wrong with the prefix lists and groups that may connect, in both ways. */
export function sourceProblems(options: Options): Problem[] {
  const { sourcePrefixLists: lists, sourceSecurityGroups: groups } = options;
  return [
    ...idProblems(
      "sourcePrefixLists",
      lists?.map(({ id }) => id),
      prefixList,
    ),
    ...(lists ?? []).flatMap(({ maxEntries }, index) =>
      outOfRange(`sourcePrefixLists[${index}].maxEntries`, maxEntries, entries),
    ),
    ...idProblems("sourceSecurityGroups", groups, securityGroup),
    ...uselessProblems(options),
  ];
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-managed-prefix-lists */
const entries = { min: 1, max: 1000 };

const prefixList = { form: /^pl-\w+$/, what: "a prefix list", such: '[{ id: "pl-0123456789abcdef0" }]' };
const securityGroup = { form: /^sg-\w+$/, what: "a security group", such: '["sg-0123456789abcdef0"]' };

function idProblems(
  propertyPath: keyof SourceOptions,
  ids: readonly string[] | undefined,
  { form, what, such }: typeof prefixList,
): Problem[] {
  if (ids === undefined) return [];
  const allowed = `allowed are ids of ${what.slice(2)}s, such as ${such}`;
  if (ids.length === 0)
    return [{ propertyPath, reason: `the list is empty; ${allowed}; omit it if there are none` }];
  const path = (index: number): string => `${propertyPath}[${index}]`;
  return [
    ...ids.flatMap((id, index) =>
      form.test(id)
        ? []
        : [{ propertyPath: path(index), reason: `"${id}" is not the id of ${what}; ${allowed}` }],
    ),
    ...repeated(ids, path, (id) => id),
  ];
}

function uselessProblems(options: Options): Problem[] {
  if (!groupsAreGiven(options)) return [];
  const { sourcePrefixLists: lists, sourceSecurityGroups: groups } = options;
  const found: Record<keyof SourceOptions, readonly string[] | undefined> = {
    sourcePrefixLists: lists?.map(({ id }) => id),
    sourceSecurityGroups: groups,
  };
  return Object.entries(found).flatMap(([propertyPath, ids]) =>
    ids === undefined
      ? []
      : [
          {
            propertyPath,
            reason: `${ids.join(", ")} would have no effect: the rules of the given security groups say who may connect; omit it, or set securityGroups to "own"`,
          },
        ],
  );
}

/** What is wrong where the nodes' security group lets clients in. */
export function ofNodesGroupProblems({ securityGroups, sourceSecurityGroups: groups }: Options): Problem[] {
  if (groups === undefined || securityGroups !== undefined) return [];
  return [
    {
      propertyPath: "sourceSecurityGroups",
      reason: `${groups.join(", ")} cannot be let in: the load balancer has no security group, and AWS does not apply such a rule in the nodes' group; set securityGroups to "own", or name ranges in loadBalancerSourceRanges`,
    },
  ];
}
