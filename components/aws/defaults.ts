import type { ExternalTrafficPolicy } from "../core/exposure.ts";
import type { HealthCheckTiming } from "./options.ts";

/**
 * Defaults of a Network Load Balancer: what the AWS cloud controller manager makes of a Service without annotations.
 * Source, unless noted: kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go and aws_loadbalancer.go.
 */

/** reconcileLBAttributes. */
export const defaultCrossZoneLoadBalancing = false;

/** buildNLBHealthCheckConfiguration. The controller sends no timeout, so AWS's own default applies. */
export const healthCheckDefaults = {
  Cluster: { intervalSeconds: 30, healthyThresholdCount: 3, unhealthyThresholdCount: 3 },
  Local: { intervalSeconds: 10, healthyThresholdCount: 2, unhealthyThresholdCount: 2 },
} as const satisfies Record<ExternalTrafficPolicy, HealthCheckTiming>;

/**
 * AWS's default timeout of a check in seconds, by protocol.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
export const awsTimeoutSeconds = { TCP: 10, HTTP: 6, HTTPS: 10 } as const;

/** Inclusive bounds of numbers. */
export const awsRanges = {
  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html */
  intervalSeconds: { min: 5, max: 300 },
  timeoutSeconds: { min: 2, max: 120 },
  thresholdCount: { min: 2, max: 10 },
  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html */
  deregistrationDelaySeconds: { min: 0, max: 3600 },
  unhealthyDrainingIntervalSeconds: { min: 0, max: 360_000 },
  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html */
  tcpIdleTimeoutSeconds: { min: 60, max: 6000 },
  /** "The maximum number of targets" is a target group's quota. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
  minimumHealthyTargetsCount: { min: 1, max: 1000 },
  minimumHealthyTargetsPercentage: { min: 1, max: 100 },
} as const;

/** Listeners of one load balancer. AWS does not raise this limit. */
export const maximumListeners = 50;
export const loadBalancerQuotasSource =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html";
