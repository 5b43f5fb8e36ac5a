/** Refusals of target groups and their health checks. */
import { awsRanges } from "../../../../../components/aws/defaults.ts";
import { isMatcher } from "../../../../../components/aws/healthCheck.ts";
import { truth } from "../../../truth.ts";
import { targetGroupAttributes } from "../../defaults.ts";
import { annotation, annotationNames, int32, pairsOf } from "../annotations.ts";
import { checkProtocols, healthCheck } from "../healthCheck.ts";
import { hasIpv6Targets, isDualstack } from "../ipAddressTypes.ts";
import { portMappings } from "../portMappings.ts";
import { portAttributesName, preserveClientIp, sentAttributes } from "../targetGroupAttributes.ts";
import { targetTypeOf } from "../targetType.ts";
import { upstream } from "../upstream.ts";
import { refusedValue } from "./attributeValues.ts";
import type { Refusal } from "./refusal.ts";
import { isMap, isNumber, isTruth, isWithinBounds } from "./values.ts";

const build = "pkg/service/model_build_target_group.go";
const createTargetGroup =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html";

const attributeNames = (service: Parameters<typeof portMappings>[0]): string[] => [
  annotationNames.targetGroupAttributes,
  ...portMappings(service).map(({ listenerPort }) => portAttributesName(listenerPort)),
];

/** Without what the controller itself cannot read, for which it refuses the Service before. */
function passedOn({
  [preserveClientIp]: keeps = "true",
  ...others
}: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return truth(keeps) === undefined ? others : { ...others, [preserveClientIp]: keeps };
}

const checkRefusals: readonly Refusal[] = [
  {
    id: "check-protocol",
    refused: `\`${annotationNames.healthCheckProtocol}\` besides TCP, HTTP and HTTPS`,
    by: "controller",
    source: upstream(build, "buildTargetGroupHealthCheckProtocol"),
    reason({ service }) {
      const value = annotation(service, "healthCheckProtocol");
      return value === undefined || checkProtocols.includes(value.toUpperCase())
        ? undefined
        : `unsupported health check protocol ${value}; allowed are TCP, HTTP and HTTPS`;
    },
  },
  {
    id: "check-port",
    refused: `\`${annotationNames.healthCheckPort}\` that is neither \`traffic-port\`, nor a number, nor a port's name`,
    by: "controller",
    source: upstream(build, "buildTargetGroupHealthCheckPort"),
    reason({ service }) {
      const value = annotation(service, "healthCheckPort");
      return value === undefined ||
        value === "traffic-port" ||
        int32(value) !== undefined ||
        service.ports.some(({ name }) => name === value)
        ? undefined
        : `failed to resolve healthCheckPort: unable to find port ${value} on service ${service.namespace}/${service.identity.name}`;
    },
  },
  {
    id: "check-port-with-name",
    refused: `\`${annotationNames.healthCheckPort}\` with the name of a port whose \`targetPort\` is a name, with pods as targets`,
    by: "controller",
    source: upstream(build, "buildTargetGroupHealthCheckPort"),
    reason({ service }) {
      const value = annotation(service, "healthCheckPort") ?? "";
      if (targetTypeOf(service) === "instance" || int32(value) !== undefined) return undefined;
      const named = service.ports.find(({ name }) => name === value);
      return value === "traffic-port" || typeof named?.targetPort !== "string"
        ? undefined
        : `cannot use named healthCheckPort for IP TargetType when service's targetPort is a named port; give the pods' port as a number instead of ${value}`;
    },
  },
  isNumber("healthCheckInterval"),
  isNumber("healthCheckTimeout"),
  isNumber("healthyThreshold"),
  isNumber("unhealthyThreshold"),
];

const attributeRefusals: readonly Refusal[] = [
  isMap(
    "targetGroupAttributes",
    `\`${annotationNames.targetGroupAttributes}\`, for all ports or one`,
    attributeNames,
  ),
  {
    id: "client-address",
    refused: `\`${preserveClientIp}\` in \`${annotationNames.targetGroupAttributes}\` with a word that Go's \`strconv.ParseBool\` does not know`,
    by: "controller",
    source: upstream(build, "validateAndParseAttributes"),
    reason({ service }) {
      const wrong = attributeNames(service)
        .map((name) => pairsOf(service, name)[preserveClientIp])
        .find((value) => value !== undefined && truth(value) === undefined);
      return wrong === undefined
        ? undefined
        : `failed to parse attribute ${preserveClientIp}=${wrong}; allowed are true and false`;
    },
  },
  {
    id: "proxy-protocol-ports",
    refused: `\`${annotationNames.proxyProtocolPorts}\` with an item that is no number`,
    by: "controller",
    source: upstream(build, "buildTargetGroupAttributes"),
    reason({ service }) {
      const wrong = (annotation(service, "proxyProtocolPorts") ?? "")
        .split(",")
        .map((item) => item.trim())
        .find((item) => item !== "" && !/^[+-]?\d+$/.test(item));
      return wrong === undefined
        ? undefined
        : `invalid port number in proxy-protocol-per-target-group: ${wrong}`;
    },
  },
  {
    id: "proxy-protocol",
    refused: `\`${annotationNames.proxyProtocol}\` besides \`*\``,
    by: "controller",
    source: upstream(build, "buildTargetGroupAttributes"),
    reason({ service }) {
      const value = annotation(service, "proxyProtocol");
      return value === undefined || value === "*"
        ? undefined
        : `invalid value ${value} for Load Balancer proxy protocol v2 annotation, only value currently supported is *`;
    },
  },
];

export const targetGroupRefusals: readonly Refusal[] = [
  {
    id: "node-ports",
    refused: "nodes as targets of a port without a node port, as with `allocateLoadBalancerNodePorts: false`",
    by: "controller",
    source: upstream(build, "buildTargetType"),
    reason: ({ service }) =>
      targetTypeOf(service) === "instance" && service.ports.some(({ nodePort }) => nodePort === undefined)
        ? `unable to support instance target type with an unallocated NodePort; use ${annotationNames.targetType}: ip, or let the Service have node ports`
        : undefined,
  },
  ...checkRefusals,
  ...attributeRefusals,
  {
    id: "families",
    refused: `a Service with IPv6, without \`${annotationNames.ipAddressType}: dualstack\``,
    by: "controller",
    source: upstream(build, "buildTargetGroupIPAddressType"),
    reason: ({ service }) =>
      hasIpv6Targets(service) && !isDualstack(service)
        ? "unsupported IPv6 configuration, lb not dual-stack"
        : undefined,
  },
  isMap("targetNodeLabels", `\`${annotationNames.targetNodeLabels}\`, for nodes as targets`, (service) =>
    targetTypeOf(service) === "instance" ? [annotationNames.targetNodeLabels] : [],
  ),
  isTruth("multiCluster"),
];

/** The controller passes these on. */
export const passedOnRefusals: readonly Refusal[] = [
  isWithinBounds("healthCheckInterval", awsRanges.intervalSeconds, createTargetGroup),
  isWithinBounds("healthCheckTimeout", awsRanges.timeoutSeconds, createTargetGroup),
  isWithinBounds("healthyThreshold", awsRanges.thresholdCount, createTargetGroup),
  isWithinBounds("unhealthyThreshold", awsRanges.thresholdCount, createTargetGroup),
  isWithinBounds("healthCheckPort", { min: 1, max: 65535 }, createTargetGroup),
  {
    id: "interval-below-time-out",
    refused: `\`${annotationNames.healthCheckInterval}\` below the time-out: without \`${annotationNames.healthCheckTimeout}\` 10 s, or 6 s under the policy Local`,
    by: "AWS",
    source: createTargetGroup,
    reason({ service }) {
      const { intervalSeconds, timeoutSeconds } = healthCheck(service);
      return intervalSeconds >= timeoutSeconds
        ? undefined
        : `the health check's interval is ${intervalSeconds} s and its time-out ${timeoutSeconds} s; AWS allows no interval below the time-out: set ${annotationNames.healthCheckTimeout} to ${intervalSeconds} or less`;
    },
  },
  {
    id: "check-path",
    refused: `\`${annotationNames.healthCheckPath}\` that does not begin with \`/\` or has more than 1024 characters, with an HTTP or HTTPS check`,
    by: "AWS",
    source: createTargetGroup,
    reason({ service }) {
      const { path } = healthCheck(service);
      return path === undefined || (path.startsWith("/") && path.length <= 1024)
        ? undefined
        : `${annotationNames.healthCheckPath} is "${path}"; it must begin with a slash and have at most 1024 characters`;
    },
  },
  {
    id: "check-codes",
    refused: `\`${annotationNames.successCodes}\` with other codes than 200 to 599, with an HTTP or HTTPS check`,
    by: "AWS",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html",
    reason({ service }) {
      const { matcher } = healthCheck(service);
      return matcher === undefined || isMatcher(matcher)
        ? undefined
        : `${annotationNames.successCodes} is "${matcher}"; AWS allows codes from 200 to 599, such as 200, 200,302 or 200-399`;
    },
  },
  {
    id: "target-group-attribute",
    refused: `\`${annotationNames.targetGroupAttributes}\` with an attribute that a target group of a Network Load Balancer does not have`,
    by: "AWS",
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html",
    reason({ service }) {
      const known = targetGroupAttributes("TCP");
      const [wrong] = portMappings(service).flatMap(({ listenerPort }) =>
        Object.keys(sentAttributes(service, listenerPort)).filter((key) => !(key in known)),
      );
      return wrong === undefined
        ? undefined
        : `${annotationNames.targetGroupAttributes} sets ${wrong}; a target group of a Network Load Balancer has ${Object.keys(known).join(", ")}`;
    },
  },
  {
    id: "target-group-attribute-value",
    refused: `\`${annotationNames.targetGroupAttributes}\` with a value that AWS does not take, such as a delay of more than 3600 s`,
    by: "AWS",
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html",
    reason({ service }) {
      const wrong = portMappings(service)
        .map(({ listenerPort }) => refusedValue(passedOn(sentAttributes(service, listenerPort))))
        .find((each) => each !== undefined);
      return wrong === undefined ? undefined : `${annotationNames.targetGroupAttributes} sets ${wrong}`;
    },
  },
  {
    id: "stickiness-of-tls",
    refused: "`stickiness.enabled=true` for a port that terminates TLS",
    by: "AWS",
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#sticky-sessions",
    reason({ service }) {
      const wrong = portMappings(service).find(
        ({ listenerProtocol, listenerPort }) =>
          listenerProtocol === "TLS" &&
          sentAttributes(service, listenerPort)["stickiness.enabled"]?.toLowerCase() === "true",
      );
      return wrong === undefined
        ? undefined
        : `port ${wrong.listenerPort} terminates TLS, and stickiness.enabled is true; AWS has no sticky sessions for TLS listeners`;
    },
  },
  {
    id: "client-address-of-udp",
    refused: `\`${preserveClientIp}=false\` for a UDP port`,
    by: "AWS",
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation",
    reason({ service }) {
      const wrong = portMappings(service).find(
        ({ targetProtocol, listenerPort }) =>
          targetProtocol.includes("UDP") &&
          truth(sentAttributes(service, listenerPort)[preserveClientIp] ?? "") === false,
      );
      return wrong === undefined
        ? undefined
        : `port ${wrong.listenerPort} is ${wrong.targetProtocol}, and ${preserveClientIp} is false; AWS allows only true for UDP ports`;
    },
  },
];
