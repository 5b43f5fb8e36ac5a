import { InputPropertiesError } from "@pulumi/pulumi";
import { loadBalancerQuotasSource, maximumListeners, ranges } from "./defaults.ts";
import type { HealthCheck, LoadBalancerOptions, Protocol } from "./exposure.ts";
import { quotasProblems } from "../aws/quotas.ts";
import { sourceRangeProblem } from "./sourceRanges.ts";

/** What is wrong with one property: where, the value got, what is allowed. */
export interface Problem {
  readonly propertyPath: string;
  readonly reason: string;
}

/** Throws one `InputPropertiesError` that names every problem, if there is any. */
export function refuse(resource: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ propertyPath, reason }) => `\n  ${propertyPath}: ${reason}`).join("");
  throw new InputPropertiesError({
    message: `${resource} cannot be declared:${lines}`,
    errors: [...problems],
  });
}

/** A problem if `value` is given and is not a whole number within the bounds. */
function outOfRange(
  propertyPath: string,
  value: number | undefined,
  { min, max }: { readonly min: number; readonly max: number },
): Problem[] {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return [];
  return [
    { propertyPath, reason: `${value} is not allowed; allowed are whole numbers from ${min} to ${max}` },
  ];
}

/** A problem for each value that an earlier item has already. Items without a value are left out. */
export function repeated<T>(
  items: readonly T[],
  path: (index: number) => string,
  value: (item: T) => number | string | undefined,
): Problem[] {
  const firstIndex = new Map<number | string, number>();
  return items.flatMap((item, index) => {
    const key = value(item);
    if (key === undefined) return [];
    const first = firstIndex.get(key);
    if (first === undefined) {
      firstIndex.set(key, index);
      return [];
    }
    return [
      {
        propertyPath: path(index),
        reason: `${key} is already the value of ${path(first)}; each must be unique`,
      },
    ];
  });
}

/** What a port needs to have a listener. */
export interface ListenerPort {
  readonly name: string;
  readonly port: number;
  readonly protocol?: Protocol;
  readonly nodePort?: number;
}

/** What is wrong with the options of an exposure or of a load balancer, apart from what only one way cannot do. */
export function optionProblems(options: LoadBalancerOptions, ports: readonly ListenerPort[]): Problem[] {
  return [
    ...portProblems(ports),
    ...sourceRangesProblems(options.loadBalancerSourceRanges),
    ...subnetIdsProblems(options.subnetIds),
    ...healthCheckProblems(options.healthCheck ?? {}),
    ...outOfRange(
      "deregistrationDelaySeconds",
      options.deregistrationDelaySeconds,
      ranges.deregistrationDelaySeconds,
    ),
    ...clientIpProblems(options, ports),
    ...quotasProblems(options.quotas),
  ];
}

function portProblems(ports: readonly ListenerPort[]): Problem[] {
  if (ports.length === 0)
    return [{ propertyPath: "ports", reason: "the list is empty; at least one port is needed" }];
  const tooMany = {
    propertyPath: "ports",
    reason: `${ports.length} ports are too many; a Network Load Balancer has at most ${maximumListeners} listeners (${loadBalancerQuotasSource}), so spread them over several exposures`,
  };
  return [
    ...(ports.length > maximumListeners ? [tooMany] : []),
    ...ports.flatMap((port, index) => [
      ...nameProblems(port.name, `ports[${index}].name`),
      ...outOfRange(`ports[${index}].port`, port.port, ranges.port),
      ...outOfRange(`ports[${index}].nodePort`, port.nodePort, ranges.nodePort),
    ]),
    ...repeated(
      ports,
      (index) => `ports[${index}].name`,
      (port) => port.name,
    ),
    // TCP and UDP on one number would need a TCP_UDP listener and one node port for both.
    ...repeated(
      ports,
      (index) => `ports[${index}].port`,
      (port) => port.port,
    ),
    ...repeated(
      ports,
      (index) => `ports[${index}].nodePort`,
      (port) => port.nodePort,
    ),
  ];
}

/** https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports, with the length of a container port's name. */
function nameProblems(name: string, propertyPath: string): Problem[] {
  if (/^[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/.test(name)) return [];
  return [
    {
      propertyPath,
      reason: `"${name}" is not allowed; allowed are 1 to 15 lower-case letters, digits and inner hyphens`,
    },
  ];
}

function sourceRangesProblems(sourceRanges: readonly string[]): Problem[] {
  const propertyPath = "loadBalancerSourceRanges";
  if (sourceRanges.length === 0) {
    return [
      {
        propertyPath,
        reason: "the list is empty; name who may connect, such as 203.0.113.0/24, or 0.0.0.0/0 for everybody",
      },
    ];
  }
  return [
    ...sourceRanges.flatMap((range, index) => {
      const reason = sourceRangeProblem(range);
      return reason === undefined ? [] : [{ propertyPath: `${propertyPath}[${index}]`, reason }];
    }),
    ...repeated(
      sourceRanges,
      (index) => `${propertyPath}[${index}]`,
      (range) => range,
    ),
  ];
}

function subnetIdsProblems(subnetIds: readonly string[] | undefined): Problem[] {
  if (subnetIds === undefined) return [];
  if (subnetIds.length === 0) {
    return [
      {
        propertyPath: "subnetIds",
        reason: "the list is empty; name subnets, or leave it out to have them found",
      },
    ];
  }
  return repeated(
    subnetIds,
    (index) => `subnetIds[${index}]`,
    (id) => id,
  );
}

function healthCheckProblems(check: HealthCheck): Problem[] {
  const { intervalSeconds, timeoutSeconds, path } = check;
  const problems = [
    ...(check.port === "traffic-port" ? [] : outOfRange("healthCheck.port", check.port, ranges.port)),
    ...outOfRange("healthCheck.intervalSeconds", intervalSeconds, ranges.intervalSeconds),
    ...outOfRange("healthCheck.timeoutSeconds", timeoutSeconds, ranges.timeoutSeconds),
    ...outOfRange("healthCheck.healthyThresholdCount", check.healthyThresholdCount, ranges.thresholdCount),
    ...outOfRange(
      "healthCheck.unhealthyThresholdCount",
      check.unhealthyThresholdCount,
      ranges.thresholdCount,
    ),
  ];
  if (path !== undefined && !path.startsWith("/")) {
    problems.push({
      propertyPath: "healthCheck.path",
      reason: `"${path}" does not begin with a slash; write "/${path}"`,
    });
  }
  return problems;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation */
function clientIpProblems(options: LoadBalancerOptions, ports: readonly ListenerPort[]): Problem[] {
  const udp = ports.find((port) => port.protocol === "UDP");
  if (options.preserveClientIp !== false || udp === undefined) return [];
  return [
    {
      propertyPath: "preserveClientIp",
      reason: `false is not allowed with the UDP port "${udp.name}": AWS always keeps the client's address for UDP; leave it out`,
    },
  ];
}
