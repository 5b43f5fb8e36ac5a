/** The controller's health check of targets: the same for all ports of a Service. */
import { healthCheckOf } from "../defaults.ts";
import { later } from "../../../model/later.ts";
import type { HealthCheckFacts, PoolFacts } from "../../../model/loadBalancer.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, integerIn } from "./annotations.ts";
import type { AnnotationName } from "./annotations.ts";
import type { Configuration, Probe } from "./configuration.ts";

type Port = HealthCheckFacts["port"];

export const checkProtocols: readonly string[] = ["TCP", "HTTP", "HTTPS"];

/**
 * With `externalTrafficPolicy: Local` the check asks kube-proxy whether there is a pod on the node, else whether the node port takes connections.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws.go (buildNLBHealthCheckConfiguration)
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

/** For annotations with which the controller refuses the Service, the result means nothing. */
export function healthCheck(service: ServiceFacts, configuration: Configuration): HealthCheckFacts {
  const { intervalSeconds, thresholdCount } = defaultsFor(service);
  const { protocol, port, path } = probeOf(service, configuration);
  return {
    enabled: true,
    protocol,
    // The controller sends neither a time-out nor a matcher, and a path only where there can be one (ensureTargetGroup).
    ...healthCheckOf(protocol),
    port,
    ...(protocol === "TCP" ? {} : { path }),
    intervalSeconds: number(service, "healthCheckInterval") ?? intervalSeconds,
    healthyThresholdCount: number(service, "healthyThreshold") ?? thresholdCount,
    unhealthyThresholdCount: number(service, "unhealthyThreshold") ?? thresholdCount,
  };
}

/** The shared probe overrides what the annotations say, but not with `externalTrafficPolicy: Local`. */
function probeOf(
  service: ServiceFacts,
  { sharedHealthProbe }: Configuration,
): { readonly protocol: string; readonly port: Port; readonly path: string } {
  if (sharedHealthProbe !== undefined && service.externalTrafficPolicy !== "Local") {
    return { protocol: "HTTP", ...sharedHealthProbe };
  }
  const { protocol, port, path } = defaultsFor(service);
  return {
    protocol: annotation(service, "healthCheckProtocol")?.toUpperCase() ?? protocol,
    port: annotatedPort(service) ?? port,
    path: annotation(service, "healthCheckPath") ?? path,
  };
}

/** The check that all target groups have, if it can be the one that all Services share. */
export function sharedProbeIn(pools: readonly PoolFacts[]): Probe | undefined {
  const probes = pools.map(({ healthCheck: { protocol, port, path } }) =>
    protocol === "HTTP" && typeof port === "number" && path !== undefined ? { port, path } : undefined,
  );
  const [first] = probes;
  return probes.every((each) => each?.port === first?.port && each?.path === first?.path) ? first : undefined;
}

function annotatedPort(service: ServiceFacts): Port | undefined {
  return annotation(service, "healthCheckPort") === "traffic-port"
    ? "traffic-port"
    : number(service, "healthCheckPort");
}

function number(service: ServiceFacts, name: AnnotationName): number | undefined {
  return integerIn(annotation(service, name) ?? "");
}
