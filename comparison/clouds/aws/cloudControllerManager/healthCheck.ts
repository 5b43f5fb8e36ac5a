/** The controller's health check of targets: the same for all ports of a Service. */
import { healthCheckOf } from "../defaults.ts";
import { later } from "../../../model/later.ts";
import type { HealthCheckFacts } from "../../../model/loadBalancer.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, annotationNames, integer } from "./annotations.ts";
import { Refused } from "./refused.ts";

type Port = HealthCheckFacts["port"];

/** What AWS takes. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const limits = {
  healthCheckInterval: { from: 5, to: 300 },
  healthyThreshold: { from: 2, to: 10 },
  unhealthyThreshold: { from: 2, to: 10 },
  healthCheckPort: { from: 1, to: 65535 },
} as const;

/**
 * With `externalTrafficPolicy: Local` the check asks kube-proxy whether there is a pod on the node, else whether the node port takes connections.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws.go (buildNLBHealthCheckConfiguration), with a controller whose
 * ClusterServiceLoadBalancerHealthProbeMode is as by default
 */
function defaultsFor({ externalTrafficPolicy, healthCheckNodePort }: ServiceFacts) {
  return externalTrafficPolicy === "Local"
    ? {
        protocol: "HTTP",
        port: healthCheckNodePort ?? later,
        path: "/healthz",
        intervalSeconds: 10,
        thresholdCount: 2,
      }
    : { protocol: "TCP", port: "traffic-port" as const, path: "/", intervalSeconds: 30, thresholdCount: 3 };
}

/** @throws Refused */
export function healthCheck(service: ServiceFacts): HealthCheckFacts {
  const { protocol, port, path, intervalSeconds, thresholdCount } = defaultsFor(service);
  const checked = annotation(service, "healthCheckProtocol")?.toUpperCase() ?? protocol;
  if (checked !== "TCP" && checked !== "HTTP" && checked !== "HTTPS") {
    throw new Refused(
      `${annotationNames.healthCheckProtocol} is "${checked}"; allowed are TCP, HTTP and HTTPS`,
    );
  }
  return {
    enabled: true,
    protocol: checked,
    // The controller sends neither a time-out nor a matcher, and a path only where there can be one (ensureTargetGroup).
    ...healthCheckOf(checked),
    port: annotatedPort(service) ?? port,
    ...(checked === "TCP" ? {} : { path: annotation(service, "healthCheckPath") ?? path }),
    intervalSeconds: within(service, "healthCheckInterval") ?? intervalSeconds,
    healthyThresholdCount: within(service, "healthyThreshold") ?? thresholdCount,
    unhealthyThresholdCount: within(service, "unhealthyThreshold") ?? thresholdCount,
  };
}

function annotatedPort(service: ServiceFacts): Port | undefined {
  const value = annotation(service, "healthCheckPort");
  return value === "traffic-port" ? value : within(service, "healthCheckPort");
}

/** The controller passes any whole number on, and AWS then refuses to make the target group. */
function within(service: ServiceFacts, name: keyof typeof limits): number | undefined {
  const value = integer(service, name);
  const { from, to } = limits[name];
  if (value === undefined || (value >= from && value <= to)) return value;
  throw new Refused(`${annotationNames[name]} is ${value}; AWS allows ${from} to ${to}`);
}
