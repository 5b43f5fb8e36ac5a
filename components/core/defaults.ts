import type { ExternalTrafficPolicy, HealthCheckTiming, Protocol, Scheme } from "./exposure.ts";

/**
 * What an exposure is unless told otherwise: for each value, what the AWS cloud controller manager makes of a Service without
 * annotations. Source, unless noted: kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go and aws_loadbalancer.go.
 */
export const defaults = {
  /** https://kubernetes.io/docs/concepts/services-networking/service/#protocol-support */
  protocol: "TCP",
  /** EnsureLoadBalancer: internal only with its annotation. */
  scheme: "internet-facing",
  /** https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/ */
  externalTrafficPolicy: "Cluster",
  /** reconcileLBAttributes. */
  crossZoneLoadBalancing: false,
} as const satisfies {
  protocol: Protocol;
  scheme: Scheme;
  externalTrafficPolicy: ExternalTrafficPolicy;
  crossZoneLoadBalancing: boolean;
};

/** buildNLBHealthCheckConfiguration; the time-out is not sent, so it is AWS's own. */
export const healthCheckDefaults = {
  Cluster: { intervalSeconds: 30, healthyThresholdCount: 3, unhealthyThresholdCount: 3 },
  Local: { intervalSeconds: 10, healthyThresholdCount: 2, unhealthyThresholdCount: 2 },
} as const satisfies Record<ExternalTrafficPolicy, HealthCheckTiming>;

/**
 * AWS's own time-out of a check in seconds, by protocol.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
export const awsTimeoutSeconds = { TCP: 10, HTTP: 6, HTTPS: 10 } as const;

/** Inclusive bounds of numbers, with their source. */
export const ranges = {
  port: { min: 1, max: 65535 },
  /** kube-apiserver's default --service-node-port-range. https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport */
  nodePort: { min: 30000, max: 32767 },
  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html */
  intervalSeconds: { min: 5, max: 300 },
  timeoutSeconds: { min: 2, max: 120 },
  thresholdCount: { min: 2, max: 10 },
  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html */
  deregistrationDelaySeconds: { min: 0, max: 3600 },
} as const;

/** Listeners a load balancer; AWS grants nobody more. */
export const maximumListeners = 50;
export const loadBalancerQuotasSource =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html";
