import { isDeepStrictEqual } from "node:util";
import type { ListenerPort, Problem } from "../core/validation.ts";
import { optionProblems, outOfRange, partnerOf, repeated } from "../core/validation.ts";
import { ranges } from "../core/defaults.ts";
import { attributeProblems } from "./attributeProblems.ts";
import { givenChecks, isMatcher } from "./healthCheck.ts";
import type { CheckedPort, GivenCheck } from "./healthCheck.ts";
import { awsRanges, loadBalancerQuotasSource, maximumListeners } from "./defaults.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import { quotasProblems } from "./quotas.ts";
import { ipAddressTypeProblems, isDualstack } from "./ipAddressType.ts";
import { groupsAreGiven } from "./givenGroups.ts";
import { securityGroupProblems } from "./securityGroups.ts";
import { hasOtherSources, sourceProblems } from "./sourceOptions.ts";
import { tagsProblems } from "./tags.ts";
import { tlsProblems } from "./tlsProblems.ts";
import { unhealthyHostCountAlarmProblems } from "./unhealthyHostCountAlarm.ts";

/**
 * What is wrong with the options of a Network Load Balancer in both ways. `restrictions.ts` has what only one way cannot do.
 *
 * @param portsMayBeEmpty because exposures join it
 */
export function networkLoadBalancerProblems(
  options: NetworkLoadBalancerOptions,
  ports: readonly CheckedPort[],
  portsMayBeEmpty = false,
): Problem[] {
  return [
    ...optionProblems(options, ports, {
      ipv6: isDualstack(options),
      rangesMayBeEmpty: groupsAreGiven(options) || hasOtherSources(options),
      portsMayBeEmpty,
    }),
    ...listenerProblems(ports),
    ...subnetIdsProblems(options.subnetIds),
    ...givenChecks(options, ports).flatMap(healthCheckProblems),
    ...differentCheckProblems(ports),
    ...tlsProblems(ports),
    ...attributeProblems(options, ports),
    ...securityGroupProblems(options),
    ...sourceProblems(options),
    ...ipAddressTypeProblems(options, ports),
    ...clientIpProblems(options, ports),
    ...tagsProblems(options.tags),
    ...unhealthyHostCountAlarmProblems(options),
    ...quotasProblems(options.quotas),
  ];
}

function listenerProblems(ports: readonly ListenerPort[]): Problem[] {
  const listeners = new Set(ports.map(({ port }) => port)).size;
  if (listeners <= maximumListeners) return [];
  return [
    {
      propertyPath: "ports",
      reason: `${listeners} ports are too many; a Network Load Balancer has at most ${maximumListeners} listeners (${loadBalancerQuotasSource}); spread the ports over several exposures`,
    },
  ];
}

function subnetIdsProblems(subnetIds: readonly string[] | undefined): Problem[] {
  if (subnetIds === undefined) return [];
  if (subnetIds.length === 0) {
    return [
      {
        propertyPath: "subnetIds",
        reason: "the list is empty; name subnets, or omit the list to have them found by their tags",
      },
    ];
  }
  return repeated(
    subnetIds,
    (index) => `subnetIds[${index}]`,
    (id) => id,
  );
}

/** TCP and UDP on one number have one target group. */
function differentCheckProblems(ports: readonly CheckedPort[]): Problem[] {
  return ports.flatMap((port, index) => {
    const partner = partnerOf(port, ports.slice(0, index));
    if (port.healthCheck === undefined || partner?.healthCheck === undefined) return [];
    if (isDeepStrictEqual(port.healthCheck, partner.healthCheck)) return [];
    return [
      {
        propertyPath: `ports[${index}].healthCheck`,
        reason: `${JSON.stringify(port.healthCheck)} is not allowed: "${partner.name}" has the same number (${port.port}) and ${JSON.stringify(partner.healthCheck)}, and both have one target group; set it for one of them`,
      },
    ];
  });
}

function healthCheckProblems({ propertyPath, check }: GivenCheck): Problem[] {
  const { intervalSeconds, timeoutSeconds, path, matcher } = check;
  const { thresholdCount } = awsRanges;
  const problems = [
    ...(check.port === "traffic-port" ? [] : outOfRange(`${propertyPath}.port`, check.port, ranges.port)),
    ...outOfRange(`${propertyPath}.intervalSeconds`, intervalSeconds, awsRanges.intervalSeconds),
    ...outOfRange(`${propertyPath}.timeoutSeconds`, timeoutSeconds, awsRanges.timeoutSeconds),
    ...outOfRange(`${propertyPath}.healthyThresholdCount`, check.healthyThresholdCount, thresholdCount),
    ...outOfRange(`${propertyPath}.unhealthyThresholdCount`, check.unhealthyThresholdCount, thresholdCount),
  ];
  if (path !== undefined && !path.startsWith("/")) {
    problems.push({
      propertyPath: `${propertyPath}.path`,
      reason: `"${path}" does not start with a slash; write "/${path}"`,
    });
  }
  if (matcher !== undefined && !isMatcher(matcher)) {
    problems.push({
      propertyPath: `${propertyPath}.matcher`,
      reason: `"${matcher}" is not allowed; allowed are status codes from 200 to 599, such as "200", "200,302" or "200-399"`,
    });
  }
  return problems;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation */
function clientIpProblems(options: NetworkLoadBalancerOptions, ports: readonly ListenerPort[]): Problem[] {
  const udp = ports.find((port) => port.protocol === "UDP");
  if (options.preserveClientIp !== false || udp === undefined) return [];
  return [
    {
      propertyPath: "preserveClientIp",
      reason: `false is not allowed with the UDP port "${udp.name}": AWS always keeps the client's address for UDP; omit it`,
    },
  ];
}
