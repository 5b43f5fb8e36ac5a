/** pkg/service/model_build_target_group.go (buildTargetGroupHealthCheckConfig...), pkg/service/model_builder.go (Build: the defaults) */
import type { HealthCheckFacts } from "../../../model/loadBalancer.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, int32 } from "./annotations.ts";
import type { AnnotationName } from "./annotations.ts";
import { targetTypeOf } from "./targetType.ts";

export const checkProtocols = ["TCP", "HTTP", "HTTPS"];

type Check = Omit<HealthCheckFacts, "enabled" | "matcher"> & { readonly path: string };

const usual: Check = {
  protocol: "TCP",
  port: "traffic-port",
  path: "/",
  intervalSeconds: 10,
  timeoutSeconds: 10,
  healthyThresholdCount: 3,
  unhealthyThresholdCount: 3,
};

/** For instances, under the policy Local. */
const local = (port: Check["port"]): Check => ({
  protocol: "HTTP",
  port,
  path: "/healthz",
  intervalSeconds: 10,
  timeoutSeconds: 6,
  healthyThresholdCount: 2,
  unhealthyThresholdCount: 2,
});

const successCodes = "200-399";

export function healthCheck(service: ServiceFacts): HealthCheckFacts {
  const defaults = defaultsFor(service);
  const protocol = (annotation(service, "healthCheckProtocol") ?? defaults.protocol).toUpperCase();
  const number = (name: AnnotationName, otherwise: number): number =>
    int32(annotation(service, name) ?? "") ?? otherwise;
  return {
    enabled: true,
    protocol,
    port: checkedPort(service) ?? defaults.port,
    ...(protocol === "TCP"
      ? {}
      : {
          path: annotation(service, "healthCheckPath") ?? defaults.path,
          matcher: annotation(service, "successCodes") ?? successCodes,
        }),
    intervalSeconds: number("healthCheckInterval", defaults.intervalSeconds),
    timeoutSeconds: number("healthCheckTimeout", defaults.timeoutSeconds),
    healthyThresholdCount: number("healthyThreshold", defaults.healthyThresholdCount),
    unhealthyThresholdCount: number("unhealthyThreshold", defaults.unhealthyThresholdCount),
  };
}

function defaultsFor(service: ServiceFacts): Check {
  const { type, externalTrafficPolicy, healthCheckNodePort } = service;
  const isLocal = type === "LoadBalancer" && externalTrafficPolicy === "Local";
  return isLocal && targetTypeOf(service) === "instance" ? local(healthCheckNodePort ?? 0) : usual;
}

/** A number, or a port's name: its node port then, or the pods' port. buildTargetGroupHealthCheckPort */
function checkedPort(service: ServiceFacts): HealthCheckFacts["port"] | undefined {
  const given = annotation(service, "healthCheckPort");
  if (given === undefined || given === "traffic-port") return given;
  const number = int32(given);
  const named = service.ports.find(({ name }) => name === given);
  if (number !== undefined || targetTypeOf(service) === "instance") return number ?? named?.nodePort;
  return typeof named?.targetPort === "number" ? named.targetPort : undefined;
}
