/**
 * All reasons for which the controller refuses a Service that gets a Classic Load Balancer, as far as they can be known without asking AWS; in the controller's
 * order. docs/cloud-controller.md lists them. aws.go (EnsureLoadBalancer)
 */
import { annotationPrefix } from "../../annotations/names.ts";
import { truth } from "../../../truth.ts";
import { annotation, annotationNames, integerIn } from "../annotations.ts";
import type { AnnotationName } from "../annotations.ts";
import { portMappings } from "../portMappings.ts";
import { createdAsNetwork } from "./kind.ts";
import { placementRefusals } from "./placement.ts";
import type { Refusal } from "./refusal.ts";
import { ipv6SourceRanges, loadBalancerIp, serviceRefusals } from "./service.ts";

const ensure = "aws.go (EnsureLoadBalancer)";
const healthCheck = "aws_loadbalancer.go (ensureLoadBalancerHealthCheck, getExpectedHealthCheck)";

/** aws_utils.go (backendProtocolMapping) */
const backendProtocols = ["https", "http", "ssl", "tcp"];

/** What the controller checks in the same way for every load balancer. */
function common(...ids: readonly string[]): readonly Refusal[] {
  return [...serviceRefusals, ...placementRefusals].filter(({ id }) => ids.includes(id));
}

/** @param fault what is wrong with the annotation's value, which is not empty, and what is allowed; undefined if nothing is */
function refusedValue(
  name: string,
  about: Pick<Refusal, "refused" | "source">,
  fault: (value: string) => string | undefined,
): Refusal {
  return {
    id: `classic-${name}`,
    by: "controller",
    at: "always",
    ...about,
    reason({ service: { annotations } }) {
      const value = annotations[annotationPrefix + name] ?? "";
      const wrong = value === "" ? undefined : fault(value);
      return wrong === undefined ? undefined : `${annotationPrefix}${name} is "${value}"; ${wrong}`;
    },
  };
}

function isTruth(name: string): Refusal {
  const refused = `\`${annotationPrefix}${name}\` with a word that Go's \`strconv.ParseBool\` does not know, such as \`yes\``;
  return refusedValue(name, { refused, source: ensure }, (value) =>
    truth(value) === undefined ? "allowed are true and false" : undefined,
  );
}

function isNumber(name: string): Refusal {
  const refused = `\`${annotationPrefix}${name}\` that is not a whole number of 32 bits`;
  return refusedValue(name, { refused, source: ensure }, (value) =>
    /^[+-]?\d+$/.test(value) && Math.abs(Number(value)) < 2 ** 31 ? undefined : "it must be a whole number",
  );
}

/** Whether the Service has policy Local or not, its annotations for the health check are read. An empty one is no number. */
function isAtLeast(name: AnnotationName, least: number): Refusal {
  return {
    id: `classic-${name}`,
    refused: `\`${annotationNames[name]}\` that is not a whole number, or below ${least}`,
    by: "controller",
    at: "always",
    source: `${healthCheck}, ValidateHealthCheck`,
    reason({ service }) {
      const value = annotation(service, name);
      const number = integerIn(value ?? "");
      return value === undefined || (number !== undefined && number >= least)
        ? undefined
        : `${annotationNames[name]} is "${value}"; it must be a whole number, ${least} at least`;
    },
  };
}

const listenerRefusals: readonly Refusal[] = [
  {
    id: "classic-protocol",
    refused: "a port's protocol besides TCP",
    by: "controller",
    at: "always",
    source: "aws.go (checkProtocol)",
    reason({ service: { ports } }) {
      const other = ports.find((port) => port.protocol !== "TCP");
      return other === undefined
        ? undefined
        : `the Service's ports have the protocol ${other.protocol}; a Classic Load Balancer takes TCP only`;
    },
  },
  {
    id: "classic-backend-protocol",
    refused: `\`${annotationNames.backendProtocol}\` besides ${backendProtocols.map((each) => `\`${each}\``).join(", ")}, with TLS`,
    by: "controller",
    at: "always",
    source: "aws.go (buildListener)",
    reason({ service }) {
      const value = annotation(service, "backendProtocol") ?? "";
      return value === "" ||
        backendProtocols.includes(value) ||
        !portMappings(service).some(({ listenerProtocol }) => listenerProtocol === "TLS")
        ? undefined
        : `${annotationNames.backendProtocol} is "${value}"; allowed are ${backendProtocols.join(", ")}`;
    },
  },
];

const attributeRefusals: readonly Refusal[] = [
  refusedValue(
    "proxy-protocol",
    { refused: `\`${annotationPrefix}proxy-protocol\` besides \`*\``, source: ensure },
    (value) => (value === "*" ? undefined : 'allowed is "*"'),
  ),
  isNumber("access-log-emit-interval"),
  isTruth("access-log-enabled"),
  isTruth("connection-draining-enabled"),
  isNumber("connection-draining-timeout"),
  isNumber("connection-idle-timeout"),
  isTruth("cross-zone-load-balancing-enabled"),
];

const healthCheckRefusals: readonly Refusal[] = [
  {
    id: "classic-check-port",
    refused: `\`${annotationNames.healthCheckPort}\` that is neither \`traffic-port\` nor a whole number`,
    by: "controller",
    at: "always",
    source: healthCheck,
    reason({ service }) {
      const value = annotation(service, "healthCheckPort");
      return value === undefined || value === "traffic-port" || integerIn(value) !== undefined
        ? undefined
        : `${annotationNames.healthCheckPort} is "${value}"; it must be a whole number or traffic-port`;
    },
  },
  isAtLeast("healthyThreshold", 2),
  isAtLeast("unhealthyThreshold", 2),
  isAtLeast("healthCheckTimeout", 2),
  isAtLeast("healthCheckInterval", 5),
];

export const classicRefusals: readonly Refusal[] = [
  createdAsNetwork,
  {
    id: "classic-target-group-attributes",
    refused: `\`${annotationNames.targetGroupAttributes}\`, with any value`,
    by: "controller",
    at: "always",
    source: "aws_validations.go (validateServiceAnnotations)",
    reason: ({ service }) =>
      annotation(service, "targetGroupAttributes") === undefined
        ? undefined
        : `${annotationNames.targetGroupAttributes} is allowed only for a Network Load Balancer`,
  },
  ...common("session-affinity", "no-ports", "mixed-protocols", "source-ranges"),
  ...listenerRefusals,
  loadBalancerIp("AWS gives a Classic Load Balancer its addresses"),
  ...attributeRefusals,
  ...common("named-subnets", "suitable-subnets"),
  ipv6SourceRanges(
    "aws.go (buildELBSecurityGroupList, EnsureLoadBalancer)",
    ({ service }) => (annotation(service, "securityGroups") ?? "") === "",
  ),
  ...healthCheckRefusals,
];
