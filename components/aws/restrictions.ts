import { defaults } from "../core/defaults.ts";
import { healthCheckNodePortProblems } from "../core/healthCheckService.ts";
import type { ListenerPort, Problem } from "../core/validation.ts";
import type { ControllerRules } from "./controllerRules.ts";
import { combined, countOf, leastControllerRules, noControllerRules } from "./controllerRules.ts";
import { loadBalancerCheckProblems, nodePortCheckProblems } from "./checkRestrictions.ts";
import type { CheckedPort } from "./healthCheck.ts";
import { dualstackWithoutGroupsProblems } from "./ipAddressType.ts";
import { localCheckProblems, withLocalCheck } from "./localCheck.ts";
import { networkLoadBalancerProblems } from "./optionProblems.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import { ruleQuotaProblems } from "./quotas.ts";
import { withoutGroupsProblems } from "./securityGroups.ts";
import { ofNodesGroupProblems } from "./sourceOptions.ts";
import { unwritableTagsProblems } from "./tags.ts";
import { loadBalancerTlsProblems } from "./tlsProblems.ts";
import { unsupportedProblems } from "./unsupported.ts";
import { nodePortServiceProblems, nodesOnlyProblems } from "./targetType.ts";

/**
 * What one of the two ways cannot do. No option is dropped silently: the error says which way can do it.
 */

/**
 * Everything that is wrong with the options of a NodePortExposure or a NetworkLoadBalancer.
 *
 * @param portsMayBeEmpty because exposures join the load balancer; false by default
 */
export function nodePortProblems(
  given: NetworkLoadBalancerOptions,
  ports: readonly CheckedPort[],
  portsMayBeEmpty = false,
): Problem[] {
  const options = withLocalCheck(given);
  return [
    ...localCheckProblems(given),
    ...networkLoadBalancerProblems(options, ports, portsMayBeEmpty),
    ...nodePortCheckProblems(options, ports),
    ...withoutGroupsProblems(options),
    ...ofNodesGroupProblems(options),
    ...dualstackWithoutGroupsProblems(options),
    ...nodePortServiceProblems(options),
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
  ports: readonly CheckedPort[],
  others: ControllerRules = noControllerRules,
): Problem[] {
  return [
    ...networkLoadBalancerProblems(options, ports),
    ...mixedProtocolProblems(ports),
    ...affinityProblems(options),
    ...healthCheckNodePortProblems(options),
    ...nodesOnlyProblems(options),
    ...loadBalancerCheckProblems(options, ports),
    ...loadBalancerTlsProblems(ports),
    ...unwritableTagsProblems(options.tags),
    ...controllerRuleProblems(leastControllerRules(options, ports), others, options.quotas),
    ...unsupportedProblems(options, "loadBalancer"),
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
