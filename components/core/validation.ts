import { InputPropertiesError } from "@pulumi/pulumi";
import { defaults, ranges } from "./defaults.ts";
import type { ExposureOptions, Protocol } from "./exposure.ts";
import { sourceRangeProblem } from "./sourceRanges.ts";

/** What is wrong with one property: its path, the value, what is allowed, the fix. */
export interface Problem {
  /** As the program writes it: `ports[0].nodePort`. */
  readonly propertyPath: string;
  /** The value, what is allowed, and the fix. */
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

/** A problem if `value` is set and is not a whole number within the bounds. */
export function outOfRange(
  propertyPath: string,
  value: number | undefined,
  { min, max }: { readonly min: number; readonly max: number },
): Problem[] {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return [];
  return [
    { propertyPath, reason: `${value} is not allowed; allowed are whole numbers from ${min} to ${max}` },
  ];
}

/**
 * A problem for each value that an earlier item already has. Items without a value are skipped.
 *
 * @param identity what must not be there twice. @default the value
 */
export function repeated<T>(
  items: readonly T[],
  path: (index: number) => string,
  value: (item: T) => number | string | undefined,
  identity: (item: T) => number | string | undefined = value,
): Problem[] {
  const firstIndex = new Map<number | string, number>();
  return items.flatMap((item, index) => {
    const key = identity(item);
    if (key === undefined) return [];
    const first = firstIndex.get(key);
    if (first === undefined) {
      firstIndex.set(key, index);
      return [];
    }
    return [
      {
        propertyPath: path(index),
        reason: `${value(item)} is already the value of ${path(first)}; each must be unique`,
      },
    ];
  });
}

/** The part of a port that its listener needs. */
export interface ListenerPort {
  /** Names the listener in the program. */
  readonly name: string;
  /** Clients connect to it. */
  readonly port: number;
  /** @default "TCP" */
  readonly protocol?: Protocol;
  /** @default Kubernetes chooses one */
  readonly nodePort?: number;
}

/**
 * What is wrong with the options that every cloud has.
 *
 * @param rangesMayBeEmpty because something else says who may connect; false by default
 * @param portsMayBeEmpty because exposures join the load balancer; then it needs no ranges either; false by default
 * @param ipv6 whether ranges may be IPv6 ones; false by default
 */
export function optionProblems(
  { loadBalancerSourceRanges }: ExposureOptions,
  ports: readonly ListenerPort[],
  {
    rangesMayBeEmpty = false,
    portsMayBeEmpty = false,
    ipv6 = false,
  }: {
    readonly rangesMayBeEmpty?: boolean;
    readonly portsMayBeEmpty?: boolean;
    readonly ipv6?: boolean;
  } = {},
): Problem[] {
  if (portsMayBeEmpty && ports.length === 0) return [];
  const isElsewhere = rangesMayBeEmpty && loadBalancerSourceRanges.length === 0;
  return [
    ...portProblems(ports),
    ...(isElsewhere ? [] : sourceRangesProblems(loadBalancerSourceRanges, ipv6)),
  ];
}

function portProblems(ports: readonly ListenerPort[]): Problem[] {
  if (ports.length === 0)
    return [{ propertyPath: "ports", reason: "the list is empty; name at least one port" }];
  return [
    ...ports.flatMap((port, index) => [
      ...nameProblems(port.name, `ports[${index}].name`),
      ...outOfRange(`ports[${index}].port`, port.port, ranges.port),
      ...protocolProblems(port.protocol, `ports[${index}].protocol`),
      ...outOfRange(`ports[${index}].nodePort`, port.nodePort, ranges.nodePort),
    ]),
    ...repeated(
      ports,
      (index) => `ports[${index}].name`,
      (port) => port.name,
    ),
    ...repeated(
      ports,
      (index) => `ports[${index}].port`,
      (port) => port.port,
      // TCP and UDP may have one number: then a load balancer has one listener for both.
      ({ port, protocol = defaults.protocol }) => `${port}/${protocol}`,
    ),
    ...repeated(
      ports,
      (index) => `ports[${index}].nodePort`,
      // Of a number that is there twice, this is no second problem.
      (port) => (ports.find((each) => each.port === port.port) === port ? port.nodePort : undefined),
    ),
    ...ports.flatMap((port, index) => partnerProblems(port, index, ports)),
  ];
}

/** The target group of a listener for both protocols has one port. */
function partnerProblems(port: ListenerPort, index: number, ports: readonly ListenerPort[]): Problem[] {
  const partner = partnerOf(port, ports);
  if (partner === undefined || ports.indexOf(partner) > index) return [];
  const [ours, theirs] = [port.nodePort, partner.nodePort];
  if (ours === undefined || theirs === undefined || ours === theirs) return [];
  return [
    {
      propertyPath: `ports[${index}].nodePort`,
      reason: `${ours} is not allowed: "${partner.name}" has the node port ${theirs}, and TCP and UDP on one number (${port.port}) need the same; set ${theirs}, or omit it`,
    },
  ];
}

/** The port with the same number and the other protocol. */
export function partnerOf<Port extends Pick<ListenerPort, "port" | "protocol">>(
  { port, protocol = defaults.protocol }: Pick<ListenerPort, "port" | "protocol">,
  ports: readonly Port[],
): Port | undefined {
  return ports.find((each) => each.port === port && (each.protocol ?? defaults.protocol) !== protocol);
}

/** https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports, limited to the length of a container port's name. */
function nameProblems(name: string, propertyPath: string): Problem[] {
  if (/^[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/.test(name)) return [];
  return [
    {
      propertyPath,
      reason: `"${name}" is not allowed; allowed are 1 to 15 lower-case letters, digits and inner hyphens`,
    },
  ];
}

/** Programs in JavaScript, and those that read their ports from a file, have no types. */
function protocolProblems(protocol: string | undefined, propertyPath: string): Problem[] {
  if (protocol === undefined || protocols.includes(protocol)) return [];
  return [{ propertyPath, reason: `"${protocol}" is not allowed; allowed are ${protocols.join(" and ")}` }];
}

const protocols: readonly string[] = ["TCP", "UDP"] satisfies Protocol[];

function sourceRangesProblems(sourceRanges: readonly string[], ipv6: boolean): Problem[] {
  const propertyPath = "loadBalancerSourceRanges";
  if (sourceRanges.length === 0) {
    return [
      {
        propertyPath,
        reason:
          "the list is empty; name the ranges that may connect, such as 203.0.113.0/24, or 0.0.0.0/0 for everybody",
      },
    ];
  }
  return [
    ...sourceRanges.flatMap((range, index) => {
      const reason = sourceRangeProblem(range, ipv6);
      return reason === undefined ? [] : [{ propertyPath: `${propertyPath}[${index}]`, reason }];
    }),
    ...repeated(
      sourceRanges,
      (index) => `${propertyPath}[${index}]`,
      (range) => range,
    ),
  ];
}
