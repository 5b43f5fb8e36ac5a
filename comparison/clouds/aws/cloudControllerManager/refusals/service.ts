/** Refusals of the Service's specification and of annotations that are checked first. */
import { annotation, annotationNames, keyValues } from "../annotations.ts";
import { ipv4Network, ipv6Network } from "../../../../addresses.ts";
import type { ServiceFacts } from "../../../../model/service.ts";
import { namedRanges } from "../sourceRanges.ts";
import { firstToKnow } from "../releases.ts";
import type { Refusal, RefusalContext } from "./refusal.ts";

const validations = "aws_validations.go (validateServiceAnnotations)";
const attributeValidations = "aws_validations.go (validateServiceAnnotationTargetGroupAttributes)";
const ensure = "aws.go (EnsureLoadBalancer)";

/** The controller makes these two of the target groups' attributes settable. */
const settable = ["preserve_client_ip.enabled", "proxy_protocol_v2.enabled"];

function securityGroups(id: string, name: "securityGroups" | "extraSecurityGroups"): Refusal {
  return {
    id,
    refused: `\`${annotationNames[name]}\`, with any value`,
    by: "controller",
    since: firstToKnow.securityGroups,
    at: "always",
    source: validations,
    reason: ({ service }) =>
      annotation(service, name) === undefined
        ? undefined
        : `${annotationNames[name]} is not allowed for a Network Load Balancer, which gets no security group`,
  };
}

/** @param fault what is wrong with an attribute; undefined if nothing is */
function attributes(
  about: Pick<Refusal, "id" | "refused">,
  fault: (key: string, value: string, isUdp: boolean) => string | undefined,
): Refusal {
  return {
    ...about,
    by: "controller",
    at: "always",
    source: attributeValidations,
    reason({ service }) {
      const isUdp = service.ports.some(({ protocol }) => protocol === "UDP");
      const set = Object.entries(keyValues(annotation(service, "targetGroupAttributes") ?? ""));
      const [first] = set.flatMap(([key, value]) => fault(key, value, isUdp) ?? []);
      return first === undefined ? undefined : `${annotationNames.targetGroupAttributes} sets ${first}`;
    },
  };
}

export const serviceRefusals: readonly Refusal[] = [
  securityGroups("security-groups", "securityGroups"),
  securityGroups("extra-security-groups", "extraSecurityGroups"),
  attributes(
    {
      id: "target-group-attribute",
      refused: `an attribute in \`${annotationNames.targetGroupAttributes}\` besides ${settable.map((key) => `\`${key}\``).join(" and ")}`,
    },
    (key) =>
      settable.includes(key)
        ? undefined
        : `${/\s/.test(key) ? `"${key}"` : key}; allowed are ${settable.join(" and ")}`,
  ),
  attributes(
    {
      id: "target-group-attribute-value",
      refused: `a value in \`${annotationNames.targetGroupAttributes}\` besides \`true\` and \`false\``,
    },
    (key, value) =>
      value === "true" || value === "false" || !settable.includes(key)
        ? undefined
        : `${key} to "${value}"; allowed are true and false`,
  ),
  attributes(
    {
      id: "client-address-of-udp",
      refused: `\`preserve_client_ip.enabled=false\` in \`${annotationNames.targetGroupAttributes}\`, with a UDP port`,
    },
    (key, value, isUdp) =>
      isUdp && key === "preserve_client_ip.enabled" && value === "false"
        ? `${key} to false; AWS allows only true for UDP ports`
        : undefined,
  ),
  {
    id: "session-affinity",
    refused: "`spec.sessionAffinity` besides `None`",
    by: "controller",
    at: "always",
    source: ensure,
    reason: ({ service: { sessionAffinity } }) =>
      sessionAffinity === "None" ? undefined : `sessionAffinity is ${sessionAffinity}; allowed is None`,
  },
  {
    id: "no-ports",
    refused: "a Service without ports",
    by: "controller",
    at: "always",
    source: ensure,
    reason: ({ service: { ports } }) =>
      ports.length === 0 ? "the Service has no ports; it needs at least one" : undefined,
  },
  {
    id: "mixed-protocols",
    refused: "ports of several protocols",
    by: "controller",
    at: "always",
    source: "aws.go (checkMixedProtocol)",
    reason({ service }) {
      const protocols = [...new Set(service.ports.map(({ protocol }) => protocol))];
      return protocols.length > 1
        ? `the Service's ports have the protocols ${protocols.join(" and ")}; all ports must have the same protocol: make a Service for each`
        : undefined;
    },
  },
  {
    id: "source-ranges",
    refused: `what is no range in \`spec.loadBalancerSourceRanges\` or \`${annotationNames.sourceRanges}\``,
    by: "controller",
    at: "always",
    source: "cloud-provider v0.35.4, service/helpers/helper.go (GetLoadBalancerSourceRanges)",
    reason: ({ service }) =>
      refusedRange(service, (range) => ipv4Network(range) === undefined && ipv6Network(range) === undefined),
  },
  {
    id: "protocol",
    refused: "a port's protocol besides TCP and UDP",
    by: "controller",
    at: "always",
    source: "aws.go (checkProtocol)",
    reason({ service }) {
      const other = service.ports.find(({ protocol }) => protocol !== "TCP" && protocol !== "UDP");
      return other === undefined
        ? undefined
        : `the Service's ports have the protocol ${other.protocol}; allowed are TCP and UDP`;
    },
  },
];

/**
 * Comes when the controller writes its rules.
 * @param writesRules whether it does so with the Service's ranges
 */
export function ipv6SourceRanges(source: string, writesRules: (context: RefusalContext) => boolean): Refusal {
  return {
    id: "ipv6-source-ranges",
    refused: `an IPv6 range in \`spec.loadBalancerSourceRanges\` or \`${annotationNames.sourceRanges}\`, unless the controller writes no rules with it: it passes the range on as if it were IPv4`,
    by: "AWS",
    at: "always",
    source: `${source}; https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html`,
    reason: (context) =>
      writesRules(context)
        ? refusedRange(context.service, (range) => ipv6Network(range) !== undefined)
        : undefined,
  };
}

function refusedRange(service: ServiceFacts, isRefused: (range: string) => boolean): string | undefined {
  const { where, ranges } = namedRanges(service);
  const wrong = ranges.find(isRefused);
  return wrong === undefined
    ? undefined
    : `${where} has "${wrong}"; allowed are IPv4 ranges in CIDR notation, such as 203.0.113.0/24`;
}

/**
 * Comes after the checks of the ports.
 * @param instead where the addresses come from
 */
export function loadBalancerIp(instead: string): Refusal {
  return {
    id: "load-balancer-ip",
    refused: "`spec.loadBalancerIP`",
    by: "controller",
    at: "always",
    source: ensure,
    reason: ({ service: { loadBalancerIP = "" } }) =>
      loadBalancerIP === ""
        ? undefined
        : `loadBalancerIP is ${loadBalancerIP}; it must not be set: ${instead}`,
  };
}
