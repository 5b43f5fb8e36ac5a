/** Refusals of the load balancer's security groups and tags. */
import { refusedTags } from "../../refusals.ts";
import { annotationNames, flag, list, pairsOf } from "../annotations.ts";
import { isDualstack } from "../ipAddressTypes.ts";
import { rangesOfOneNetwork, writtenRanges } from "../sourceRanges.ts";
import { upstream } from "../upstream.ts";
import type { Refusal, RefusalContext } from "./refusal.ts";
import { isMap, isTruth } from "./values.ts";

type Service = RefusalContext["service"];

const build = "pkg/service/model_build_load_balancer.go";

/** Whether the Service names the load balancer's groups. */
function namesGroups(service: Service): boolean {
  return flag(service, "withoutGroups") !== true && (list(service, "securityGroups") ?? []).length > 0;
}

function hasOwnGroup(service: Service): boolean {
  return flag(service, "withoutGroups") !== true && !namesGroups(service);
}

/** While it builds the model. */
export const groupRefusals: readonly Refusal[] = [
  isTruth("withoutGroups"),
  {
    id: "groups-that-exist",
    refused: `\`${annotationNames.withoutGroups}: "true"\` for a load balancer that has security groups already`,
    by: "controller",
    source: upstream(build, "buildLoadBalancerSecurityGroups"),
    reason: ({ service, existing }) =>
      flag(service, "withoutGroups") === true && (existing?.securityGroups ?? []).length > 0
        ? `conflicting security groups configuration; the load balancer has ${existing?.securityGroups.join(", ") ?? ""}, and AWS does not take all groups away from it: make it again without them`
        : undefined,
  },
  isTruth("manageNodeRules", namesGroups),
  {
    id: "group-twice",
    refused: `\`${annotationNames.securityGroups}\` with the same id twice`,
    by: "controller",
    source: upstream("pkg/networking/security_group_resolver.go", "resolveViaGroupID"),
    reason({ service }) {
      if (flag(service, "withoutGroups") === true) return undefined;
      const ids = (list(service, "securityGroups") ?? []).filter((group) => group.startsWith("sg-"));
      const once = [...new Set(ids)];
      return once.length === ids.length
        ? undefined
        : `couldn't find all security groups: requested ids [${ids.join(", ")}] but found [${once.join(", ")}]; name each group once`;
    },
  },
  isMap("additionalTags", `\`${annotationNames.additionalTags}\``),
  {
    id: "ipv6-ranges",
    refused: `an IPv6 range in \`spec.loadBalancerSourceRanges\` or \`${annotationNames.sourceRanges}\`, if the load balancer is not dualstack`,
    by: "controller",
    source: upstream("pkg/service/model_build_managed_sg.go", "buildCIDRsFromSourceRanges"),
    reason({ service }) {
      if (!hasOwnGroup(service) || isDualstack(service)) return undefined;
      const wrong = writtenRanges(service).find((range) => range.includes(":"));
      return wrong === undefined ? undefined : `unsupported v6 cidr ${wrong} when lb is not dualstack`;
    },
  },
];

/** The cluster's, the stack's and the resource's. */
const ownTags = 3;

/** What AWS says of the tags of whatever is made first. */
export const passedOnTagRefusals: readonly Refusal[] = [
  ...refusedTags(
    annotationNames.additionalTags,
    (service) => pairsOf(service, annotationNames.additionalTags),
    ownTags,
  ),
];

/** What EC2 says of the rules of the load balancer's own group, all of which are in one request. */
export const passedOnRuleRefusals: readonly Refusal[] = [
  {
    id: "prefix-lists",
    refused: `\`${annotationNames.prefixLists}\` with an item that is not the id of a prefix list`,
    by: "AWS",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PrefixListId.html",
    reason({ service }) {
      if (!hasOwnGroup(service)) return undefined;
      const wrong = (list(service, "prefixLists") ?? []).find((item) => !/^pl-[0-9a-f]+$/.test(item));
      return wrong === undefined
        ? undefined
        : `${annotationNames.prefixLists} has "${wrong}"; each item must be the id of a prefix list, pl- and hexadecimal digits`;
    },
  },
  {
    id: "ranges-of-one-network",
    refused: `a network twice in other words, such as 10.0.0.0/8 and 10.0.0.1/8, in \`spec.loadBalancerSourceRanges\` or \`${annotationNames.sourceRanges}\``,
    by: "AWS",
    source: `${upstream("pkg/networking/security_group_reconciler.go", "reconcileIngressWithSGInfo")}; https://github.com/hashicorp/terraform-provider-aws/issues/2587`,
    reason: ({ service }) => (hasOwnGroup(service) ? sameNetworkTwice(service) : undefined),
  },
];

/** The controller takes two texts for two ranges, and asks for both at once. */
export function sameNetworkTwice(service: Service): string | undefined {
  const [first] = rangesOfOneNetwork(service);
  return first === undefined
    ? undefined
    : `The same permission must not appear multiple times; ${first.ranges.join(" and ")} are both ${first.network} for EC2: name ${first.network} alone`;
}
