/** Refusals of the load balancer's own settings; securityGroups.ts has those of its groups. */
import { loadBalancerAttributesOf } from "../../defaults.ts";
import { annotation, annotationNames, flag, pairsOf } from "../annotations.ts";
import { balancerAddressType, isDualstack } from "../ipAddressTypes.ts";
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

/** What AWS says of the name when it is to make the load balancer. */
export const passedOnNameRefusals: readonly Refusal[] = [
  {
    id: "name",
    refused: `\`${annotationNames.name}\` that is empty, has other characters than letters, digits and hyphens, begins or ends with a hyphen, or begins with \`internal-\``,
    by: "AWS",
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
    reason({ service }) {
      const name = annotation(service, "name");
      return name === undefined ||
        (/^[0-9A-Za-z]([0-9A-Za-z-]*[0-9A-Za-z])?$/.test(name) && !name.startsWith("internal-"))
        ? undefined
        : `${annotationNames.name} is "${name}"; AWS allows letters, digits and hyphens, no hyphen at either end, and no name that begins with internal-`;
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
  privateLinkWithoutGroups,
];
