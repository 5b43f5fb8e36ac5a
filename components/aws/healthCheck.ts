import { awsTimeoutSeconds, healthCheckDefaults } from "../core/defaults.ts";
import type { ExternalTrafficPolicy, HealthCheck } from "../core/exposure.ts";

/** A health check with nothing left to decide. */
export interface ResolvedHealthCheck {
  readonly protocol: "TCP" | "HTTP" | "HTTPS";
  readonly port: "traffic-port" | number;
  /** Only for HTTP and HTTPS. */
  readonly path?: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThresholdCount: number;
  readonly unhealthyThresholdCount: number;
}

/**
 * The check of a target group in front of a NodePort Service.
 *
 * Timing is the cloud controller's for the same traffic policy. Under `Local` the check stays a connection to the node port,
 * because a NodePort Service has no `healthCheckNodePort`.
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
    ...(protocol === "TCP" ? {} : { path: check.path ?? "/" }),
    intervalSeconds,
    // AWS refuses a time-out above the interval, also if it is its own default.
    timeoutSeconds: check.timeoutSeconds ?? Math.min(awsTimeoutSeconds[protocol], intervalSeconds),
    healthyThresholdCount: check.healthyThresholdCount ?? timing.healthyThresholdCount,
    unhealthyThresholdCount: check.unhealthyThresholdCount ?? timing.unhealthyThresholdCount,
  };
}
