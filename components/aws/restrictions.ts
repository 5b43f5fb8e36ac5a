import { defaults } from "../core/defaults.ts";
import type { ExternalTrafficPolicy } from "../core/exposure.ts";
import type { ListenerPort, Problem } from "../core/validation.ts";
import type { ControllerRules } from "./controllerRules.ts";
import { combined, countOf, leastControllerRules, noControllerRules } from "./controllerRules.ts";
import { awsRanges, awsTimeoutSeconds, healthCheckDefaults } from "./defaults.ts";
import { resolveHealthCheck } from "./healthCheck.ts";
import { networkLoadBalancerProblems } from "./optionProblems.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import { ruleQuotaProblems } from "./quotas.ts";

/**
 * What one of the two ways cannot do. No option is dropped silently: the error says which way can do it.
 */

/** Everything that is wrong with the options of a NodePortExposure or a NetworkLoadBalancer. */
export function nodePortProblems(
  options: NetworkLoadBalancerOptions,
  ports: readonly ListenerPort[],
): Problem[] {
  const check = resolveHealthCheck(options.healthCheck, options.externalTrafficPolicy);
  return [
    ...networkLoadBalancerProblems(options, ports),
    ...uncheckedUdpProblems(ports, check.port === "traffic-port"),
    ...timeoutProblems(check.timeoutSeconds, check.intervalSeconds),
  ];
}

/**
 * Everything that is wrong with the options of a LoadBalancerExposure, including what the AWS cloud controller manager refuses or ignores.
 * Source: kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go (checkMixedProtocol, ensureTargetGroup) and aws_validations.go.
 *
 * @param others rules that the controller adds to the same security group for other Services; none by default
 */
export function loadBalancerProblems(
  options: NetworkLoadBalancerOptions,
  ports: readonly ListenerPort[],
  others: ControllerRules = noControllerRules,
): Problem[] {
  const policy = options.externalTrafficPolicy ?? defaults.externalTrafficPolicy;
  const checksTrafficPort =
    (options.healthCheck?.port ?? (policy === "Local" ? undefined : "traffic-port")) === "traffic-port";
  return [
    ...networkLoadBalancerProblems(options, ports),
    ...mixedProtocolProblems(ports),
    ...affinityProblems(options),
    ...uncheckedUdpProblems(ports, checksTrafficPort),
    ...unsentTimeoutProblems(options, policy),
    ...controllerRuleProblems(leastControllerRules(options, ports), others, options.quotas),
    ...(options.deregistrationDelaySeconds === undefined
      ? []
      : [
          {
            propertyPath: "deregistrationDelaySeconds",
            reason: `${options.deregistrationDelaySeconds} cannot be set: the AWS cloud controller manager sets no deregistration delay, so AWS's 300 s apply; omit it, or use a NodePortExposure`,
          },
        ]),
  ];
}

/** The rules that the controller adds for this Service, in addition to those for others. */
function controllerRuleProblems(
  rules: ControllerRules,
  others: ControllerRules,
  quotas: NetworkLoadBalancerOptions["quotas"],
): Problem[] {
  const added = countOf(combined(others, rules)) - countOf(others);
  return ruleQuotaProblems({ rules: added, others: countOf(others) }, quotas);
}

/** kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go (EnsureLoadBalancer) */
function affinityProblems({ sessionAffinity }: NetworkLoadBalancerOptions): Problem[] {
  if (sessionAffinity === undefined || sessionAffinity === "None") return [];
  return [
    {
      propertyPath: "sessionAffinity",
      reason: `${sessionAffinity} cannot be set: the AWS cloud controller manager refuses it for a LoadBalancer Service; allowed is None; omit it, or use a NodePortExposure`,
    },
  ];
}

function mixedProtocolProblems(ports: readonly ListenerPort[]): Problem[] {
  const protocols = new Set(ports.map((port) => port.protocol ?? defaults.protocol));
  if (protocols.size < 2) return [];
  return [
    {
      propertyPath: "ports",
      reason: `the AWS cloud controller manager refuses ${[...protocols].join(" and ")} in one Service of type LoadBalancer; use one exposure per protocol, or a NodePortExposure`,
    },
  ];
}

function uncheckedUdpProblems(ports: readonly ListenerPort[], checksTrafficPort: boolean): Problem[] {
  const udp = ports.find((port) => port.protocol === "UDP");
  if (udp === undefined || !checksTrafficPort) return [];
  return [
    {
      propertyPath: "healthCheck.port",
      reason: `"traffic-port" never gets an answer on the UDP port "${udp.name}", so every node would be unhealthy; set a TCP port of the nodes, such as kube-proxy's { protocol: "HTTP", port: 10256, path: "/healthz" }`,
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

/** The annotation for the timeout exists, but the controller ignores it for a Network Load Balancer. */
function unsentTimeoutProblems(
  { healthCheck }: NetworkLoadBalancerOptions,
  policy: ExternalTrafficPolicy,
): Problem[] {
  if (healthCheck?.timeoutSeconds !== undefined) {
    return [
      {
        propertyPath: "healthCheck.timeoutSeconds",
        reason: `${healthCheck.timeoutSeconds} cannot be set: the AWS cloud controller manager never sends a timeout, so AWS's default applies; omit it, or use a NodePortExposure`,
      },
    ];
  }
  const protocol = healthCheck?.protocol ?? (policy === "Local" ? "HTTP" : "TCP");
  const intervalSeconds = healthCheck?.intervalSeconds ?? healthCheckDefaults[policy].intervalSeconds;
  // An interval below AWS's minimum has its own error.
  if (intervalSeconds >= awsTimeoutSeconds[protocol] || intervalSeconds < awsRanges.intervalSeconds.min)
    return [];
  return [
    {
      propertyPath: "healthCheck.intervalSeconds",
      reason: `${intervalSeconds} is less than AWS's default timeout of ${awsTimeoutSeconds[protocol]} s for a ${protocol} check, and the AWS cloud controller manager never sends another, so AWS would refuse it; allowed is ${awsTimeoutSeconds[protocol]} or more; raise it, or use a NodePortExposure`,
    },
  ];
}
