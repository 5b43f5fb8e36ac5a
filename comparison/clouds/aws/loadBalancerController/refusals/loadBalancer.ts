/** Refusals of the load balancer's own settings. */
import { loadBalancerAttributesOf } from "../../defaults.ts";
import { refusedTags } from "../../refusals.ts";
import { annotation, annotationNames, flag, list, pairsOf } from "../annotations.ts";
import { balancerAddressType, isDualstack } from "../ipAddressTypes.ts";
import { namedRanges } from "../sourceRanges.ts";
import { schemeOf } from "../subnets.ts";
import { upstream } from "../upstream.ts";
import { refusedValue } from "./attributeValues.ts";
import { prefixRefusals } from "./ipv6.ts";
import type { Refusal } from "./refusal.ts";
import { isMap, isTruth } from "./values.ts";

const build = "pkg/service/model_build_load_balancer.go";

export const settingsRefusals: readonly Refusal[] = [
  {
    id: "ip-address-type",
    refused: `\`${annotationNames.ipAddressType}\` besides \`ipv4\` and \`dualstack\``,
    by: "controller",
    source: upstream(build, "buildLoadBalancerIPAddressType"),
    reason({ service }) {
      const value = annotation(service, "ipAddressType");
      return value === undefined || value === "ipv4" || value === "dualstack"
        ? undefined
        : `unknown IPAddressType: ${value}; allowed are ipv4 and dualstack`;
    },
  },
  ...prefixRefusals,
  isMap("attributes", `\`${annotationNames.attributes}\``),
  {
    id: "routing-policy",
    refused: `\`${annotationNames.attributes}\` with another \`dns_record.client_routing_policy\` than AWS's three`,
    by: "controller",
    source: upstream(build, "getLoadBalancerAttributes"),
    reason({ service }) {
      const value = pairsOf(service, annotationNames.attributes)["dns_record.client_routing_policy"];
      return value === undefined || routingPolicies.includes(value)
        ? undefined
        : `invalid dns_record.client_routing_policy set in annotation aws-load-balancer-attributes: got '${value}' expected one of [${routingPolicies.map((name) => `'${name}'`).join(", ")}]`;
    },
  },
  isTruth("accessLog"),
  isTruth("crossZone"),
  isMap("capacity", `\`${annotationNames.capacity}\``),
  {
    id: "capacity",
    refused: `\`${annotationNames.capacity}\` with another key than \`CapacityUnits\``,
    by: "controller",
    source: upstream(build, "buildLoadBalancerMinimumCapacity"),
    reason({ service }) {
      const wrong = Object.keys(pairsOf(service, annotationNames.capacity)).find(
        (key) => key !== "CapacityUnits",
      );
      return wrong === undefined
        ? undefined
        : `invalid key to set the capacity: ${wrong}, Expected key: CapacityUnits`;
    },
  },
];

const routingPolicies = [
  "any_availability_zone",
  "partial_availability_zone_affinity",
  "availability_zone_affinity",
];

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
  isTruth("manageNodeRules", (service) => flag(service, "withoutGroups") === true || hasNoOwnGroup(service)),
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
];

function hasNoOwnGroup(service: Parameters<typeof list>[0]): boolean {
  return flag(service, "withoutGroups") === true || (list(service, "securityGroups") ?? []).length > 0;
}

/** The cluster's, the stack's and the resource's. */
const ownTags = 3;

export const tagRefusals: readonly Refusal[] = [
  isMap("additionalTags", `\`${annotationNames.additionalTags}\``),
  {
    id: "ipv6-ranges",
    refused: `an IPv6 range in \`spec.loadBalancerSourceRanges\` or \`${annotationNames.sourceRanges}\`, if the load balancer is not dualstack`,
    by: "controller",
    source: upstream("pkg/service/model_build_managed_sg.go", "buildCIDRsFromSourceRanges"),
    reason({ service }) {
      if (hasNoOwnGroup(service) || isDualstack(service)) return undefined;
      const wrong = namedRanges(service).find((range) => range.includes(":"));
      return wrong === undefined ? undefined : `unsupported v6 cidr ${wrong} when lb is not dualstack`;
    },
  },
  ...refusedTags(
    annotationNames.additionalTags,
    (service) => pairsOf(service, annotationNames.additionalTags),
    ownTags,
  ),
];

/** The controller passes these on. */
export const passedOnGroupRefusals: readonly Refusal[] = [
  {
    id: "prefix-lists",
    refused: `\`${annotationNames.prefixLists}\` with an item that is not the id of a prefix list`,
    by: "AWS",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PrefixListId.html",
    reason({ service }) {
      if (hasNoOwnGroup(service)) return undefined;
      const wrong = (list(service, "prefixLists") ?? []).find((item) => !/^pl-[0-9a-f]+$/.test(item));
      return wrong === undefined
        ? undefined
        : `${annotationNames.prefixLists} has "${wrong}"; each item must be the id of a prefix list, pl- and hexadecimal digits`;
    },
  },
];

const createLoadBalancer =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html";

export const nameRefusals: readonly Refusal[] = [
  {
    id: "length-of-name",
    refused: `\`${annotationNames.name}\` of more than 32 characters`,
    by: "controller",
    source: upstream(build, "buildLoadBalancerName"),
    reason: ({ service }) =>
      (annotation(service, "name") ?? "").length > 32
        ? "load balancer name cannot be longer than 32 characters"
        : undefined,
  },
  {
    id: "name",
    refused: `\`${annotationNames.name}\` that is empty, has other characters than letters, digits and hyphens, begins or ends with a hyphen, or begins with \`internal-\``,
    by: "AWS",
    source: createLoadBalancer,
    reason({ service }) {
      const name = annotation(service, "name");
      return name === undefined ||
        (/^[0-9A-Za-z]([0-9A-Za-z-]*[0-9A-Za-z])?$/.test(name) && !name.startsWith("internal-"))
        ? undefined
        : `${annotationNames.name} is "${name}"; AWS allows letters, digits and hyphens, no hyphen at either end, and no name that begins with internal-`;
    },
  },
  {
    id: "private-link",
    refused: `\`${annotationNames.privateLink}\` besides \`on\` and \`off\``,
    by: "controller",
    source: upstream(build, "buildSecurityGroupsInboundRulesOnPrivateLink"),
    reason({ service }) {
      const value = annotation(service, "privateLink");
      return value === undefined || value === "on" || value === "off"
        ? undefined
        : `Invalid value for securityGroupsInboundRulesOnPrivateLink status: ${value}, value must be one of [on, off]`;
    },
  },
];

/** It sends no groups with the setting, and the SDK refuses such a request. The load balancer is there by then, without listeners. */
const privateLinkWithoutGroups: Refusal = {
  id: "private-link-without-groups",
  refused: `\`${annotationNames.privateLink}\` for a load balancer without security groups`,
  by: "controller",
  source: upstream(
    "pkg/deploy/elbv2/load_balancer_manager.go",
    "updateSDKLoadBalancerWithSecurityGroups",
    "isEnforceSGInboundRulesOnPrivateLinkUpdated",
  ),
  reason: ({ service }) =>
    annotation(service, "privateLink") !== undefined && flag(service, "withoutGroups") === true
      ? `missing required field, SetSecurityGroupsInput.SecurityGroups; ${annotationNames.privateLink} is about the load balancer's security groups, and it has none: remove it`
      : undefined,
};

const attributesSource =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html";

/** What AWS says of the attributes, once the load balancer is there. */
export const attributeRefusals: readonly Refusal[] = [
  privateLinkWithoutGroups,
  {
    id: "attribute",
    refused: `\`${annotationNames.attributes}\` with an attribute that a Network Load Balancer does not have`,
    by: "AWS",
    source: attributesSource,
    reason({ service }) {
      const known = loadBalancerAttributesOf({
        ipAddressType: balancerAddressType(service),
        scheme: schemeOf(service),
      });
      const wrong = Object.keys(pairsOf(service, annotationNames.attributes)).find((key) => !(key in known));
      return wrong === undefined
        ? undefined
        : `${annotationNames.attributes} sets ${wrong}; a Network Load Balancer ${isDualstack(service) ? "" : "without IPv6 "}has ${Object.keys(known).join(", ")}`;
    },
  },
  {
    id: "attribute-value",
    refused: `\`${annotationNames.attributes}\` with a value that AWS does not take, such as \`yes\``,
    by: "AWS",
    source: attributesSource,
    reason({ service }) {
      const wrong = refusedValue(pairsOf(service, annotationNames.attributes));
      return wrong === undefined ? undefined : `${annotationNames.attributes} sets ${wrong}`;
    },
  },
  {
    id: "access-log-bucket",
    refused: "access logs without a bucket",
    by: "AWS",
    source: attributesSource,
    reason({ service }) {
      const attributes = pairsOf(service, annotationNames.attributes);
      const isOn = flag(service, "accessLog") === true || attributes["access_logs.s3.enabled"] === "true";
      const byAnnotation =
        flag(service, "accessLog") === true ? annotation(service, "accessLogBucket") : undefined;
      const bucket = byAnnotation ?? attributes["access_logs.s3.bucket"] ?? "";
      return isOn && bucket === ""
        ? `access logs are enabled without a bucket; name one with ${annotationNames.accessLogBucket}`
        : undefined;
    },
  },
];
