import type { Problem } from "../core/validation.ts";
import { outOfRange, partnerOf } from "../core/validation.ts";
import { awsRanges } from "./defaults.ts";
import type { CheckedPort } from "./healthCheck.ts";
import { isLoadBalancerName, loadBalancerNameRules } from "./names.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import type { MinimumHealthyTargets } from "./trafficOptions.ts";

/** What is wrong with attributes, addresses and the name of a load balancer. */
export function attributeProblems(
  options: NetworkLoadBalancerOptions,
  ports: readonly CheckedPort[],
): Problem[] {
  const { tcpIdleTimeoutSeconds, deregistrationDelaySeconds, unhealthyDrainingIntervalSeconds } = options;
  return [
    ...outOfRange(
      "deregistrationDelaySeconds",
      deregistrationDelaySeconds,
      awsRanges.deregistrationDelaySeconds,
    ),
    ...outOfRange("tcpIdleTimeoutSeconds", tcpIdleTimeoutSeconds, awsRanges.tcpIdleTimeoutSeconds),
    ...outOfRange(
      "unhealthyDrainingIntervalSeconds",
      unhealthyDrainingIntervalSeconds,
      awsRanges.unhealthyDrainingIntervalSeconds,
    ),
    ...idleTimeoutProblems(options, ports),
    ...stickinessProblems(options, ports),
    ...drainingProblems(options),
    ...healthProblems(options),
    ...addressProblems(options, "eipAllocationIds", "internet-facing"),
    ...addressProblems(options, "privateIpv4Addresses", "internal"),
    ...nameProblems(options.loadBalancerName),
    ...accessLogProblems(options.accessLogs),
  ];
}

function idleTimeoutProblems(
  { tcpIdleTimeoutSeconds }: NetworkLoadBalancerOptions,
  ports: readonly CheckedPort[],
): Problem[] {
  const isTcp = (port: CheckedPort): boolean =>
    port.protocol !== "UDP" && port.tls === undefined && partnerOf(port, ports) === undefined;
  if (tcpIdleTimeoutSeconds === undefined || ports.some(isTcp)) return [];
  const reason = `${tcpIdleTimeoutSeconds} cannot be set: no listener is for TCP alone; omit it`;
  return [{ propertyPath: "tcpIdleTimeoutSeconds", reason }];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#sticky-sessions */
function stickinessProblems(
  { stickiness }: NetworkLoadBalancerOptions,
  ports: readonly CheckedPort[],
): Problem[] {
  const withTls = ports.find(({ tls }) => tls !== undefined);
  if (stickiness === undefined || stickiness === "none" || withTls === undefined) return [];
  return [
    {
      propertyPath: "stickiness",
      reason: `${stickiness} is not allowed with the TLS port "${withTls.name}": AWS has no sticky sessions for TLS listeners; omit it, or let the pods end TLS`,
    },
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#unhealthy-target-connection-termination */
function drainingProblems({
  unhealthyDrainingIntervalSeconds: seconds,
  unhealthyConnectionTermination,
}: NetworkLoadBalancerOptions): Problem[] {
  if (seconds === undefined || unhealthyConnectionTermination === false) return [];
  const reason = `${seconds} is allowed only with unhealthyConnectionTermination: false, as connections of an unhealthy target end at once otherwise; set that, or omit the interval`;
  return [{ propertyPath: "unhealthyDrainingIntervalSeconds", reason }];
}

function healthProblems({ targetGroupHealth = {} }: NetworkLoadBalancerOptions): Problem[] {
  const { dnsFailover, unhealthyStateRouting } = targetGroupHealth;
  return [
    ...(dnsFailover === "off" ? [] : minimumProblems("targetGroupHealth.dnsFailover", dnsFailover)),
    ...minimumProblems("targetGroupHealth.unhealthyStateRouting", unhealthyStateRouting),
  ];
}

function minimumProblems(path: string, minimum: MinimumHealthyTargets = {}): Problem[] {
  const fields = ["minimumHealthyTargetsCount", "minimumHealthyTargetsPercentage"] as const;
  return fields.flatMap((field) => outOfRange(`${path}.${field}`, minimum[field], awsRanges[field]));
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SubnetMapping.html */
function addressProblems(
  { scheme = "internet-facing", subnetIds, ...options }: NetworkLoadBalancerOptions,
  propertyPath: "eipAllocationIds" | "privateIpv4Addresses",
  needed: "internet-facing" | "internal",
): Problem[] {
  const addresses = options[propertyPath];
  if (addresses === undefined) return [];
  if (scheme !== needed)
    return [
      {
        propertyPath,
        reason: `not allowed for an ${scheme} load balancer; allowed is scheme: ${needed}; omit the addresses, or change the scheme`,
      },
    ];
  const subnets = subnetIds?.length ?? 0;
  if (addresses.length !== subnets)
    return [
      {
        propertyPath,
        reason: `${addresses.length} addresses for ${subnets} subnetIds; each subnet needs one; name the subnets and as many addresses, in the same order`,
      },
    ];
  return addresses.flatMap((address, index) => {
    const first = addresses.indexOf(address);
    if (first === index) return [];
    const reason = `${address} is already the value of ${propertyPath}[${first}]; each must be unique`;
    return [{ propertyPath: `${propertyPath}[${index}]`, reason }];
  });
}

function nameProblems(name: string | undefined): Problem[] {
  if (name === undefined || isLoadBalancerName(name)) return [];
  const reason = `"${name}" is not allowed; allowed are ${loadBalancerNameRules}`;
  return [{ propertyPath: "loadBalancerName", reason }];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html */
function accessLogProblems(accessLogs: NetworkLoadBalancerOptions["accessLogs"]): Problem[] {
  if (accessLogs === undefined) return [];
  const { bucket, prefix } = accessLogs;
  const problems: Problem[] = [];
  if (!/^[a-z0-9][-.a-z0-9]{1,61}[a-z0-9]$/.test(bucket))
    problems.push({
      propertyPath: "accessLogs.bucket",
      reason: `"${bucket}" is not a bucket's name; allowed are 3 to 63 lower-case letters, digits, hyphens and dots`,
    });
  if (prefix !== undefined && (prefix === "" || /^\/|\/$|AWSLogs/.test(prefix)))
    problems.push({
      propertyPath: "accessLogs.prefix",
      reason: `"${prefix}" is not allowed; allowed is a folder without a slash at its ends and without AWSLogs, which AWS adds; omit it for the bucket's root`,
    });
  return problems;
}
