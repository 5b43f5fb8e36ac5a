import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { CheckedPort } from "./healthCheck.ts";
import { tagList } from "./tags.ts";
import { tlsAnnotations } from "./tlsAnnotations.ts";
import type { HealthCheck, NetworkLoadBalancerOptions } from "./options.ts";

/**
 * Annotations that the AWS cloud controller manager reads from a Service.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/docs/service_controller.md
 */
const prefix = "service.beta.kubernetes.io/aws-load-balancer";

/**
 * The annotations by which the AWS cloud controller manager makes the load balancer that the options describe. An option that is not
 * set has no annotation: the controller's default applies.
 *
 * @param ports all with the same check
 */
export function annotations(
  options: NetworkLoadBalancerOptions,
  ports: readonly CheckedPort[],
): Record<string, string> {
  const { scheme, subnetIds, eipAllocationIds, crossZoneLoadBalancing, accessLogs, tags = {} } = options;
  const healthCheck = ports[0]?.healthCheck ?? options.healthCheck ?? {};
  return withoutUndefined({
    [`${prefix}-type`]: "nlb",
    [`${prefix}-internal`]: scheme === "internal" ? "true" : undefined,
    [`${prefix}-subnets`]: subnetIds?.join(","),
    [`${prefix}-cross-zone-load-balancing-enabled`]: crossZoneLoadBalancing === true ? "true" : undefined,
    [`${prefix}-eip-allocations`]: eipAllocationIds?.join(","),
    [`${prefix}-target-group-attributes`]: targetGroupAttributes(options),
    [`${prefix}-access-log-enabled`]: accessLogs && "true",
    [`${prefix}-access-log-s3-bucket-name`]: accessLogs?.bucket,
    [`${prefix}-access-log-s3-bucket-prefix`]: accessLogs?.prefix,
    // Read only when the controller makes a load balancer (aws_loadbalancer.go, ensureLoadBalancerv2).
    [`${prefix}-additional-resource-tags`]: Object.keys(tags).length === 0 ? undefined : tagList(tags),
    ...tlsAnnotations(ports),
    ...healthCheckAnnotations(healthCheck),
  });
}

/** Set even if they equal the defaults: when one is removed, the controller keeps the last value. */
function targetGroupAttributes({
  preserveClientIp,
  proxyProtocolV2,
}: NetworkLoadBalancerOptions): string | undefined {
  const attributes = withoutUndefined({
    "preserve_client_ip.enabled": preserveClientIp,
    "proxy_protocol_v2.enabled": proxyProtocolV2,
  });
  const pairs = Object.entries(attributes).map(([key, value]) => `${key}=${String(value)}`);
  return pairs.length === 0 ? undefined : pairs.join(",");
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
