import type { ExternalTrafficPolicy } from "../core/exposure.ts";
import type { ListenerPort } from "../core/validation.ts";
import { partnerOf } from "../core/validation.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import { awsTimeoutSeconds, healthCheckDefaults } from "./defaults.ts";
import type { HealthCheck, NetworkLoadBalancerOptions } from "./options.ts";
import type { Tls } from "./tls.ts";

/** A listener's port that may have a check and TLS of its own. */
export interface CheckedPort extends ListenerPort {
  readonly healthCheck?: HealthCheck;
  readonly tls?: Tls;
}

/** A check as it is given, and the ports that it is for. */
export interface GivenCheck {
  readonly propertyPath: string;
  readonly check: HealthCheck;
  readonly ports: readonly ListenerPort[];
}

/** The exposure's check, which may be for no port, and those of single ports. */
export function givenChecks(
  { healthCheck = {} }: Pick<NetworkLoadBalancerOptions, "healthCheck">,
  ports: readonly CheckedPort[],
): GivenCheck[] {
  const others = ports.filter((port) => ownCheckOf(port, ports) === undefined);
  return [
    { propertyPath: "healthCheck", check: healthCheck, ports: others },
    ...ports.flatMap((port, index) =>
      port.healthCheck === undefined
        ? []
        : [
            {
              propertyPath: `ports[${index}].healthCheck`,
              check: port.healthCheck,
              ports: [port, ...[partnerOf(port, ports) ?? []].flat()],
            },
          ],
    ),
  ];
}

/** TCP and UDP on one number have one target group, and so one check. */
function ownCheckOf(port: CheckedPort, ports: readonly CheckedPort[]): HealthCheck | undefined {
  return port.healthCheck ?? partnerOf(port, ports)?.healthCheck;
}

/** The check of a port, as it is given. */
export function givenCheckOf(
  port: CheckedPort,
  ports: readonly CheckedPort[],
  { healthCheck = {} }: Pick<NetworkLoadBalancerOptions, "healthCheck">,
): HealthCheck {
  return ownCheckOf(port, ports) ?? healthCheck;
}

/** A health check with all defaults applied. */
export interface ResolvedHealthCheck {
  readonly protocol: "TCP" | "HTTP" | "HTTPS";
  readonly port: "traffic-port" | number;
  /** Only for HTTP and HTTPS. */
  readonly path?: string;
  readonly matcher?: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThresholdCount: number;
  readonly unhealthyThresholdCount: number;
}

/**
 * The health check of a target group in front of a NodePort Service.
 *
 * The default timing is the AWS cloud controller manager's for the same traffic policy. Under `Local` the check still connects to the
 * node port, because a NodePort Service has no `healthCheckNodePort`.
 */
export function resolveHealthCheck(
  check: HealthCheck = {},
  policy: ExternalTrafficPolicy = "Cluster",
): ResolvedHealthCheck {
  const timing = healthCheckDefaults[policy];
  const protocol = check.protocol ?? "TCP";
  const intervalSeconds = check.intervalSeconds ?? timing.intervalSeconds;
  return {
    protocol,
    port: check.port ?? "traffic-port",
    ...(protocol === "TCP"
      ? {}
      : { path: check.path ?? "/", ...withoutUndefined({ matcher: check.matcher }) }),
    intervalSeconds,
    // AWS refuses a timeout above the interval, even its own default.
    timeoutSeconds: check.timeoutSeconds ?? Math.min(awsTimeoutSeconds[protocol], intervalSeconds),
    healthyThresholdCount: check.healthyThresholdCount ?? timing.healthyThresholdCount,
    unhealthyThresholdCount: check.unhealthyThresholdCount ?? timing.unhealthyThresholdCount,
  };
}

/** Status codes of a Network Load Balancer's check: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html */
export const isMatcher = (text: string): boolean =>
  /^[2-5]\d\d(-[2-5]\d\d)?(,[2-5]\d\d(-[2-5]\d\d)?)*$/.test(text);
