import type { HealthCheck, LoadBalancerOptions } from "../core/exposure.ts";

/**
 * Annotations of a Service for the AWS cloud controller manager, in its own words.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/docs/service_controller.md
 */
const prefix = "service.beta.kubernetes.io/aws-load-balancer";

/**
 * What the cloud controller must be told so that it makes the load balancer that the options describe. What the options
 * leave open stays unsaid: the defaults are the controller's.
 */
export function annotations(options: LoadBalancerOptions): Record<string, string> {
  return present({
    [`${prefix}-type`]: "nlb",
    [`${prefix}-internal`]: options.scheme === "internal" ? "true" : undefined,
    [`${prefix}-subnets`]: options.subnetIds?.join(","),
    [`${prefix}-cross-zone-load-balancing-enabled`]:
      options.crossZoneLoadBalancing === true ? "true" : undefined,
    // Written down even where it equals the default: the controller keeps the last value if the annotation goes.
    [`${prefix}-target-group-attributes`]:
      options.preserveClientIp === undefined
        ? undefined
        : `preserve_client_ip.enabled=${String(options.preserveClientIp)}`,
    ...healthCheckAnnotations(options.healthCheck ?? {}),
  });
}

function healthCheckAnnotations(check: HealthCheck): Record<string, string | undefined> {
  return {
    [`${prefix}-healthcheck-protocol`]: check.protocol,
    [`${prefix}-healthcheck-port`]: check.port?.toString(),
    [`${prefix}-healthcheck-path`]: check.path,
    [`${prefix}-healthcheck-interval`]: check.intervalSeconds?.toString(),
    [`${prefix}-healthcheck-healthy-threshold`]: check.healthyThresholdCount?.toString(),
    [`${prefix}-healthcheck-unhealthy-threshold`]: check.unhealthyThresholdCount?.toString(),
  };
}

function present(entries: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
