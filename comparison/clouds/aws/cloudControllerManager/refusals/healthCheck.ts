/** Refusals of the annotations of the health check. */
import { annotation, annotationNames, integerIn } from "../annotations.ts";
import type { AnnotationName } from "../annotations.ts";
import { checkProtocols, healthCheck } from "../healthCheck.ts";
import type { Refusal, RefusalContext } from "./refusal.ts";

const build = "aws.go (buildNLBHealthCheckConfiguration)";
const createTargetGroup =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html";

/** The annotations that the controller parses as whole numbers, with what AWS takes. The time-out is only parsed. */
const numbers: readonly {
  readonly name: AnnotationName;
  readonly limits?: { readonly from: number; readonly to: number };
}[] = [
  { name: "healthCheckInterval", limits: { from: 5, to: 300 } },
  { name: "healthCheckTimeout" },
  { name: "healthyThreshold", limits: { from: 2, to: 10 } },
  { name: "unhealthyThreshold", limits: { from: 2, to: 10 } },
];

/** The controller checks nothing for ports that it ignores. */
function withNodePorts(refusal: Refusal): Refusal {
  return {
    ...refusal,
    reason: (context) =>
      context.service.ports.some(({ nodePort }) => nodePort !== undefined)
        ? refusal.reason(context)
        : undefined,
  };
}

const isWholeNumber = (name: AnnotationName): Refusal => ({
  id: `number-${name}`,
  refused: `\`${annotationNames[name]}\` that is not a whole number`,
  by: "controller",
  at: "always",
  source: "aws.go (parseInt32Annotation)",
  reason({ service }) {
    const value = annotation(service, name);
    return value === undefined || integerIn(value) !== undefined
      ? undefined
      : `${annotationNames[name]} is "${value}"; it must be a whole number`;
  },
});

/** @param andThat what else bounds it. @default nothing */
const isWithin = (
  name: AnnotationName,
  { from, to }: { readonly from: number; readonly to: number },
  andThat: (context: RefusalContext) => string = () => "",
): Refusal => ({
  id: `limits-${name}`,
  refused: `\`${annotationNames[name]}\` outside ${from} to ${to}`,
  by: "AWS",
  at: "always",
  source: createTargetGroup,
  reason(context) {
    const value = integerIn(annotation(context.service, name) ?? "");
    return value === undefined || (value >= from && value <= to)
      ? undefined
      : `${annotationNames[name]} is ${value}; AWS allows ${from} to ${to}${andThat(context)}`;
  },
});

const parsed: readonly Refusal[] = [
  {
    id: "check-protocol",
    refused: `\`${annotationNames.healthCheckProtocol}\` besides TCP, HTTP and HTTPS`,
    by: "controller",
    at: "always",
    source: build,
    reason({ service }) {
      const value = annotation(service, "healthCheckProtocol")?.toUpperCase();
      return value === undefined || checkProtocols.includes(value)
        ? undefined
        : `${annotationNames.healthCheckProtocol} is "${value}"; allowed are TCP, HTTP and HTTPS`;
    },
  },
  ...numbers.map(({ name }) => isWholeNumber(name)),
  {
    id: "check-port",
    refused: `\`${annotationNames.healthCheckPort}\` that is neither \`traffic-port\` nor a whole number`,
    by: "controller",
    at: "always",
    source: build,
    reason({ service, configuration }) {
      const value = annotation(service, "healthCheckPort");
      return value === undefined ||
        value === "traffic-port" ||
        integerIn(value) !== undefined ||
        isShared({ service, configuration })
        ? undefined
        : `${annotationNames.healthCheckPort} is "${value}"; it must be a whole number or traffic-port`;
    },
  },
];

export const healthCheckRefusals = parsed.map(withNodePorts);

const checkPort = isWithin("healthCheckPort", { from: 1, to: 65535 });

/** Of an interval that is out of bounds, and below the time-out as well. */
function notBelowTimeOut({ service, configuration }: RefusalContext): string {
  const { protocol, intervalSeconds, timeoutSeconds } = healthCheck(service, configuration);
  return intervalSeconds < timeoutSeconds
    ? `, and no interval below the time-out of a check by ${protocol}, which is ${timeoutSeconds} s and cannot be set: use ${timeoutSeconds} or more`
    : "";
}

/** The controller passes these on when it makes or changes a target group. */
const passedOn: readonly Refusal[] = [
  ...numbers.flatMap(({ name, limits }) =>
    limits === undefined
      ? []
      : [isWithin(name, limits, name === "healthCheckInterval" ? notBelowTimeOut : undefined)],
  ),
  {
    ...checkPort,
    reason: (context) => (isShared(context) ? undefined : checkPort.reason(context)),
  },
  {
    id: "interval-below-time-out",
    // That says so as well.
    after: ["limits-healthCheckInterval"],
    refused: `\`${annotationNames.healthCheckInterval}\` below the time-out, which the controller never sends: 10 s, or 6 s with HTTP`,
    by: "AWS",
    at: "always",
    source: `aws_loadbalancer.go (ensureTargetGroup); ${createTargetGroup}; https://github.com/cloudposse/terraform-aws-nlb/pull/54`,
    reason({ service, configuration }) {
      const { protocol, intervalSeconds, timeoutSeconds } = healthCheck(service, configuration);
      return intervalSeconds >= timeoutSeconds
        ? undefined
        : `${annotationNames.healthCheckInterval} is ${intervalSeconds}; AWS allows no interval below the time-out of a check by ${protocol}, which is ${timeoutSeconds} s and cannot be set: use ${timeoutSeconds} or more`;
    },
  },
  {
    id: "check-path",
    refused: `\`${annotationNames.healthCheckPath}\` that does not begin with \`/\` or has more than 1024 characters, with an HTTP or HTTPS check`,
    by: "AWS",
    at: "always",
    source: createTargetGroup,
    reason({ service, configuration }) {
      const { path } = healthCheck(service, configuration);
      return path === undefined || (path.startsWith("/") && path.length <= 1024)
        ? undefined
        : `${annotationNames.healthCheckPath} is "${path}"; it must begin with a slash and have at most 1024 characters`;
    },
  },
];

export const targetGroupRefusals = passedOn.map(withNodePorts);

/** The shared check overrides the annotations of protocol, port and path, but not under policy Local. */
function isShared({ service, configuration }: Pick<RefusalContext, "service" | "configuration">): boolean {
  return configuration.sharedHealthProbe !== undefined && service.externalTrafficPolicy !== "Local";
}
