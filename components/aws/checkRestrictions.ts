import { isDeepStrictEqual } from "node:util";
import { defaults } from "../core/defaults.ts";
import type { ExternalTrafficPolicy } from "../core/exposure.ts";
import type { ListenerPort, Problem } from "../core/validation.ts";
import { awsRanges, awsTimeoutSeconds, healthCheckDefaults } from "./defaults.ts";
import { givenCheckOf, givenChecks, resolveHealthCheck } from "./healthCheck.ts";
import type { CheckedPort, GivenCheck } from "./healthCheck.ts";
import { isOnlyUdp } from "./listeners.ts";
import type { HealthCheck, NetworkLoadBalancerOptions } from "./options.ts";
import { policyOfChecks } from "./targetType.ts";

/** Health checks that one of the two ways cannot have. */

export function nodePortCheckProblems(
  options: NetworkLoadBalancerOptions,
  ports: readonly CheckedPort[],
): Problem[] {
  return givenChecks(options, ports).flatMap((given) => {
    const { port, timeoutSeconds, intervalSeconds } = resolveHealthCheck(
      given.check,
      policyOfChecks(options),
    );
    return [
      ...uncheckedUdpProblems(given, port === "traffic-port", ports),
      ...timeoutProblems(given, timeoutSeconds, intervalSeconds),
    ];
  });
}

export function loadBalancerCheckProblems(
  options: NetworkLoadBalancerOptions,
  ports: readonly CheckedPort[],
): Problem[] {
  const policy = options.externalTrafficPolicy ?? defaults.externalTrafficPolicy;
  return [
    ...differentChecksProblems(options, ports, (check) => checkOfController(check, policy), cloudController),
    ...givenChecks(options, ports).flatMap((given) => [
      ...uncheckedUdpProblems(given, checkOfController(given.check, policy).port === "traffic-port", ports),
      ...unsentTimeoutProblems(given, policy),
      ...unsentMatcherProblems(given),
    ]),
  ];
}

export function loadBalancerControllerCheckProblems(
  options: NetworkLoadBalancerOptions,
  ports: readonly CheckedPort[],
): Problem[] {
  const resolve = (check: HealthCheck) => checkOfLoadBalancerController(check, policyOfChecks(options));
  return [
    ...differentChecksProblems(options, ports, resolve, "the AWS Load Balancer Controller"),
    ...givenChecks(options, ports).flatMap((given) => {
      const { port, timeoutSeconds, intervalSeconds } = resolve(given.check);
      return [
        ...uncheckedUdpProblems(given, port === "traffic-port", ports),
        ...timeoutProblems(given, timeoutSeconds, intervalSeconds),
      ];
    }),
  ];
}

const cloudController = "the AWS cloud controller manager";

/** A check by the AWS Load Balancer Controller's annotations, with the defaults of the other ways. It sends a time-out and a matcher. */
export function checkOfLoadBalancerController(check: HealthCheck, policy: ExternalTrafficPolicy) {
  const { protocol, intervalSeconds, ...others } = checkOfController(check, policy);
  const timeoutSeconds = check.timeoutSeconds ?? Math.min(awsTimeoutSeconds[protocol], intervalSeconds);
  const { matcher = "200-399" } = check;
  return { protocol, intervalSeconds, timeoutSeconds, matcher: protocol === "TCP" ? "" : matcher, ...others };
}

/** v1.35.0, pkg/providers/v1/aws.go (buildNLBHealthCheckConfiguration): what the controller makes of a check by annotations. */
function checkOfController(check: HealthCheck, policy: ExternalTrafficPolicy) {
  const isLocal = policy === "Local";
  const protocol = check.protocol ?? (isLocal ? "HTTP" : "TCP");
  const timing = healthCheckDefaults[policy];
  return {
    protocol,
    port: check.port ?? (isLocal ? "healthCheckNodePort" : "traffic-port"),
    path: protocol === "TCP" ? "" : (check.path ?? (isLocal ? "/healthz" : "/")),
    intervalSeconds: check.intervalSeconds ?? timing.intervalSeconds,
    healthyThresholdCount: check.healthyThresholdCount ?? timing.healthyThresholdCount,
    unhealthyThresholdCount: check.unhealthyThresholdCount ?? timing.unhealthyThresholdCount,
  };
}

/**
 * The annotations are the Service's, so that every port has the same check.
 *
 * @param resolve what the controller makes of a check
 */
function differentChecksProblems(
  options: NetworkLoadBalancerOptions,
  ports: readonly CheckedPort[],
  resolve: (check: HealthCheck) => object,
  controller: string,
): Problem[] {
  const checks = ports.map((port) => resolve(givenCheckOf(port, ports, options)));
  const differs = (index: number): boolean =>
    checks.some((check) => !isDeepStrictEqual(check, checks[index]));
  const index = ports.findIndex((port, index) => port.healthCheck !== undefined && differs(index));
  const port = ports[index];
  if (port === undefined) return [];
  return [
    {
      propertyPath: `ports[${index}].healthCheck`,
      reason: `${JSON.stringify(port.healthCheck)} cannot be set for "${port.name}" alone: ${controller} has one health check for all ports of a Service; set healthCheck for all ports, or use a NodePortExposure`,
    },
  ];
}

/** A UDP port with a TCP port of the same number is checked there. */
function uncheckedUdpProblems(
  { propertyPath, ports }: GivenCheck,
  checksTrafficPort: boolean,
  all: readonly ListenerPort[],
): Problem[] {
  const udp = ports.find((port) => isOnlyUdp(port, all));
  if (udp === undefined || !checksTrafficPort) return [];
  return [
    {
      propertyPath: `${propertyPath}.port`,
      reason: `"traffic-port" never gets an answer on the UDP port "${udp.name}", so every node would be unhealthy; set a TCP port of the nodes, such as kube-proxy's { protocol: "HTTP", port: 10256, path: "/healthz" }`,
    },
  ];
}

function timeoutProblems(
  { propertyPath }: GivenCheck,
  timeoutSeconds: number,
  intervalSeconds: number,
): Problem[] {
  if (timeoutSeconds <= intervalSeconds) return [];
  return [
    {
      propertyPath: `${propertyPath}.timeoutSeconds`,
      reason: `${timeoutSeconds} is more than the interval of ${intervalSeconds} s, which AWS refuses; allowed is at most ${intervalSeconds}`,
    },
  ];
}

/** The annotation for the timeout exists, but the controller ignores it for a Network Load Balancer. */
function unsentTimeoutProblems(
  { propertyPath, check }: GivenCheck,
  policy: ExternalTrafficPolicy,
): Problem[] {
  if (check.timeoutSeconds !== undefined) {
    return [
      {
        propertyPath: `${propertyPath}.timeoutSeconds`,
        reason: `${check.timeoutSeconds} cannot be set: the AWS cloud controller manager never sends a timeout, so AWS's default applies; omit it, or use a NodePortExposure`,
      },
    ];
  }
  const { protocol, intervalSeconds } = checkOfController(check, policy);
  const timeoutSeconds = awsTimeoutSeconds[protocol];
  // An interval below AWS's minimum has its own error.
  if (intervalSeconds >= timeoutSeconds || intervalSeconds < awsRanges.intervalSeconds.min) return [];
  return [
    {
      propertyPath: `${propertyPath}.intervalSeconds`,
      reason: `${intervalSeconds} is less than AWS's default timeout of ${timeoutSeconds} s for a ${protocol} check, and the AWS cloud controller manager never sends another, so AWS would refuse it; allowed is ${timeoutSeconds} or more; raise it, or use a NodePortExposure`,
    },
  ];
}

/** There is no annotation for it. */
function unsentMatcherProblems({ propertyPath, check: { matcher } }: GivenCheck): Problem[] {
  if (matcher === undefined) return [];
  return [
    {
      propertyPath: `${propertyPath}.matcher`,
      reason: `${matcher} cannot be set: the AWS cloud controller manager never sends a matcher, so AWS's 200-399 applies; omit it, or use a NodePortExposure`,
    },
  ];
}
