/** What is wrong with the options of an Octavia load balancer in both ways. `restrictions.ts` has what only one way cannot do. */
import { healthCheckNodePortProblems } from "../core/healthCheckService.ts";
import type { ListenerPort, Problem } from "../core/validation.ts";
import { optionProblems, outOfRange, repeated } from "../core/validation.ts";
import { octaviaDefaults, octaviaRanges } from "./defaults.ts";
import { resolvedMonitor } from "./healthMonitor.ts";
import type { ClientAddress, LoadBalancingMethod, OctaviaOptions } from "./options.ts";

export function octaviaProblems(options: OctaviaOptions, ports: readonly ListenerPort[]): Problem[] {
  return [
    ...optionProblems(options, ports),
    ...healthCheckNodePortProblems(options),
    ...monitorProblems(options, ports),
    ...oneOf("lbMethod", options.lbMethod, methods),
    ...clientAddressProblems(options, ports),
    ...limitProblems(options.connectionLimit),
    ...timeoutProblems(options),
    ...emptyProblems(options),
    ...providerProblems(options),
  ];
}

const methods = ["ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"] satisfies LoadBalancingMethod[];
const clientAddresses = ["PROXY", "PROXYV2", "X-Forwarded-For"] satisfies ClientAddress[];

/** A program in JavaScript, or a configuration, may have any text. */
function oneOf(propertyPath: string, value: string | undefined, allowed: readonly string[]): Problem[] {
  if (value === undefined || allowed.includes(value)) return [];
  const list = allowed.map((each) => `"${each}"`).join(", ");
  return [{ propertyPath, reason: `"${value}" is not allowed; allowed are ${list}` }];
}

function monitorProblems(options: OctaviaOptions, ports: readonly ListenerPort[]): Problem[] {
  const { healthCheckNodePort } = options;
  const monitor = resolvedMonitor(options);
  if (monitor === undefined) {
    if (healthCheckNodePort === undefined) return [];
    return [
      {
        propertyPath: "healthCheckNodePort",
        reason: `${healthCheckNodePort} would have no effect: with healthMonitor false nothing asks on it; omit one of the two`,
      },
    ];
  }
  const { delaySeconds, timeoutSeconds, maxRetries, maxRetriesDown } = monitor;
  // With a port for health checks, kube-proxy answers for UDP as well.
  const udp =
    healthCheckNodePort === undefined ? ports.find(({ protocol }) => protocol === "UDP") : undefined;
  const problems = [
    ...outOfRange("healthMonitor.delaySeconds", delaySeconds, octaviaRanges.delaySeconds),
    ...outOfRange("healthMonitor.timeoutSeconds", timeoutSeconds, octaviaRanges.delaySeconds),
    ...outOfRange("healthMonitor.maxRetries", maxRetries, octaviaRanges.retries),
    ...outOfRange("healthMonitor.maxRetriesDown", maxRetriesDown, octaviaRanges.retries),
  ];
  if (problems.length > 0) return problems;
  // https://docs.openstack.org/api-ref/load-balancer/v2/#create-health-monitor
  if (timeoutSeconds >= delaySeconds)
    problems.push({
      propertyPath: "healthMonitor.timeoutSeconds",
      reason: `${timeoutSeconds} is not less than delaySeconds, ${delaySeconds}; allowed is less than ${delaySeconds}; lower it, or raise delaySeconds`,
    });
  if (udp !== undefined && delaySeconds < octaviaRanges.udpDelaySeconds.min)
    problems.push({
      propertyPath: "healthMonitor.delaySeconds",
      reason: `${delaySeconds} is not allowed with the UDP port "${udp.name}": Octavia refuses a UDP check more often than every ${octaviaRanges.udpDelaySeconds.min} s; allowed is ${octaviaRanges.udpDelaySeconds.min} or more`,
    });
  return problems;
}

/** octavia 19.0.0, octavia/common/constants.py (VALID_LISTENER_POOL_PROTOCOL_MAP): a UDP listener leads to a UDP pool only. */
function clientAddressProblems({ clientAddress }: OctaviaOptions, ports: readonly ListenerPort[]): Problem[] {
  const problems = oneOf("clientAddress", clientAddress, clientAddresses);
  const udp = ports.find(({ protocol }) => protocol === "UDP");
  if (clientAddress === undefined || udp === undefined || problems.length > 0) return problems;
  return [
    {
      propertyPath: "clientAddress",
      reason: `"${clientAddress}" is not allowed with the UDP port "${udp.name}": Octavia has it for TCP only; omit it, or use one exposure per protocol`,
    },
  ];
}

function limitProblems(limit: number | undefined): Problem[] {
  if (limit === octaviaDefaults.connectionLimit) return [];
  return outOfRange("connectionLimit", limit, octaviaRanges.connectionLimit);
}

function timeoutProblems({ timeouts = {} }: OctaviaOptions): Problem[] {
  return Object.entries(timeouts).flatMap(([name, value]: [string, number | undefined]) =>
    outOfRange(`timeouts.${name}`, value, octaviaRanges.timeoutMilliseconds),
  );
}

function emptyProblems({ flavorId, availabilityZone, tags = [] }: OctaviaOptions): Problem[] {
  const empty = Object.entries({ flavorId, availabilityZone }).flatMap(([propertyPath, value]) =>
    value === ""
      ? [{ propertyPath, reason: 'the text is empty; write the name that "openstack" lists, or omit it' }]
      : [],
  );
  return [
    ...empty,
    ...repeated(
      tags,
      (index) => `tags[${index}]`,
      (tag) => tag,
    ),
  ];
}

/** kubernetes/cloud-provider-openstack v1.35.0, pkg/util/openstack/loadbalancer.go (IsOctaviaFeatureSupported): it has no allowed CIDRs, timeouts or flavors. */
function providerProblems({ loadbalancerProvider }: OctaviaOptions): Problem[] {
  if (loadbalancerProvider !== "ovn") return [];
  return [
    {
      propertyPath: "loadbalancerProvider",
      reason: `"ovn" is not possible: it keeps loadBalancerSourceRanges from no listener, and has no time-outs or flavors; omit it, or name a provider of amphorae`,
    },
  ];
}
