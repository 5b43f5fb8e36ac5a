import type { ControllerRules } from "./controllerRules.ts";
import { countOf, leastControllerRules, noControllerRules, together } from "./controllerRules.ts";
import { awsTimeoutSeconds, defaults, healthCheckDefaults, ranges } from "../core/defaults.ts";
import type { ExposureOptions } from "../core/exposure.ts";
import { resolveHealthCheck } from "./healthCheck.ts";
import { ruleQuotaProblems } from "./quotas.ts";
import type { ListenerPort, Problem } from "../core/validation.ts";
import { optionProblems } from "../core/validation.ts";

/**
 * What only one way cannot do. Nothing that the options ask for is dropped silently: it is an error that says which way can.
 */

/** Everything that is wrong with the options of a NodePortExposure or a NetworkLoadBalancer. */
export function nodePortProblems(options: ExposureOptions, ports: readonly ListenerPort[]): Problem[] {
  const check = resolveHealthCheck(options.healthCheck, options.externalTrafficPolicy);
  return [
    ...optionProblems(options, ports),
    ...uncheckedUdpProblems(ports, check.port === "traffic-port"),
    ...timeoutProblems(check.timeoutSeconds, check.intervalSeconds),
  ];
}

/**
 * Everything that is wrong with the options of a LoadBalancerExposure, with what the AWS cloud controller manager refuses or ignores.
 * Source: kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go (checkMixedProtocol, ensureTargetGroup) and aws_validations.go.
 *
 * @param others rules that the controller adds to the same security group for other Services; by default this one is looked at alone
 */
export function loadBalancerProblems(
  options: ExposureOptions,
  ports: readonly ListenerPort[],
  others: ControllerRules = noControllerRules,
): Problem[] {
  const policy = options.externalTrafficPolicy ?? defaults.externalTrafficPolicy;
  const checksTrafficPort =
    (options.healthCheck?.port ?? (policy === "Local" ? undefined : "traffic-port")) === "traffic-port";
  return [
    ...optionProblems(options, ports),
    ...mixedProtocolProblems(ports),
    ...uncheckedUdpProblems(ports, checksTrafficPort),
    ...unsentTimeoutProblems(options, policy),
    ...controllerRuleProblems(leastControllerRules(options, ports), others, options.quotas),
    ...(options.deregistrationDelaySeconds === undefined
      ? []
      : [
          {
            propertyPath: "deregistrationDelaySeconds",
            reason: `${options.deregistrationDelaySeconds} cannot be expressed: the cloud controller sets no deregistration delay, so AWS's 300 s stay; leave it out, or use a NodePortExposure`,
          },
        ]),
  ];
}

/** What the controller adds for this Service, besides what it has added for others. */
function controllerRuleProblems(
  rules: ControllerRules,
  others: ControllerRules,
  quotas: ExposureOptions["quotas"],
): Problem[] {
  const added = countOf(together(others, rules)) - countOf(others);
  return ruleQuotaProblems({ rules: added, others: countOf(others) }, quotas);
}

function mixedProtocolProblems(ports: readonly ListenerPort[]): Problem[] {
  const protocols = new Set(ports.map((port) => port.protocol ?? defaults.protocol));
  if (protocols.size < 2) return [];
  return [
    {
      propertyPath: "ports",
      reason: `${[...protocols].join(" and ")} in one Service of type LoadBalancer is refused by the cloud controller; use an exposure for each protocol, or a NodePortExposure`,
    },
  ];
}

function uncheckedUdpProblems(ports: readonly ListenerPort[], checksTrafficPort: boolean): Problem[] {
  const udp = ports.find((port) => port.protocol === "UDP");
  if (udp === undefined || !checksTrafficPort) return [];
  return [
    {
      propertyPath: "healthCheck.port",
      reason: `"traffic-port" never gets an answer on the UDP port "${udp.name}", so that every node would count as unhealthy; give a TCP port of the nodes, such as kube-proxy's { protocol: "HTTP", port: 10256, path: "/healthz" }`,
    },
  ];
}

function timeoutProblems(timeoutSeconds: number, intervalSeconds: number): Problem[] {
  if (timeoutSeconds <= intervalSeconds) return [];
  return [
    {
      propertyPath: "healthCheck.timeoutSeconds",
      reason: `${timeoutSeconds} is more than the interval of ${intervalSeconds} s, which AWS refuses; allowed is at most ${intervalSeconds}`,
    },
  ];
}

/** The annotation for the time-out exists, but the controller ignores it for a Network Load Balancer. */
function unsentTimeoutProblems({ healthCheck }: ExposureOptions, policy: "Cluster" | "Local"): Problem[] {
  if (healthCheck?.timeoutSeconds !== undefined) {
    return [
      {
        propertyPath: "healthCheck.timeoutSeconds",
        reason: `${healthCheck.timeoutSeconds} cannot be expressed: the cloud controller never sends a time-out, so AWS's default applies; leave it out, or use a NodePortExposure`,
      },
    ];
  }
  const protocol = healthCheck?.protocol ?? (policy === "Local" ? "HTTP" : "TCP");
  const intervalSeconds = healthCheck?.intervalSeconds ?? healthCheckDefaults[policy].intervalSeconds;
  // Below AWS's smallest interval it is refused anyway.
  if (intervalSeconds >= awsTimeoutSeconds[protocol] || intervalSeconds < ranges.intervalSeconds.min)
    return [];
  return [
    {
      propertyPath: "healthCheck.intervalSeconds",
      reason: `${intervalSeconds} is less than the time-out of ${awsTimeoutSeconds[protocol]} s that AWS gives a ${protocol} check, and the cloud controller never sends another, so AWS would refuse it; allowed is ${awsTimeoutSeconds[protocol]} or more, or use a NodePortExposure`,
    },
  ];
}
