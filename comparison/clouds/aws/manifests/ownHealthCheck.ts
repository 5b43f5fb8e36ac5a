/** The component's option for a health check that a controller makes. */
import { resolveHealthCheck } from "../../../../components/aws/healthCheck.ts";
import type { HealthCheck, HealthCheckTiming } from "../../../../components/aws/options.ts";
import { policyOfChecks } from "../../../../components/aws/targetType.ts";
import { withoutUndefined } from "../../../../components/core/withoutUndefined.ts";
import { later, laterForHealthChecks } from "../../../model/later.ts";
import type { HealthCheckFacts } from "../../../model/loadBalancer.ts";
import type { ServiceFacts, ServicePortFacts } from "../../../model/service.ts";
import { healthCheckOf } from "../defaults.ts";
import type { NlbFacts, TargetGroupFacts } from "../model.ts";
import { ownTargetType, tcpPortOfPods } from "./ownTargetType.ts";

/** Of all ports that have none of their own. */
export function checkOfAll(
  { pools: [group] }: NlbFacts,
  service: ServiceFacts,
  asking: ServiceFacts,
): HealthCheck | undefined {
  return group === undefined ? undefined : ownHealthCheck(group, service, asking, areAllUnanswered(service));
}

/** Of a port where nothing answers, beside others. */
export function unansweredCheck(
  balancer: NlbFacts | undefined,
  service: ServiceFacts,
  asking: ServiceFacts,
): HealthCheck | undefined {
  const [group] = balancer?.pools ?? [];
  return group === undefined ? kubeProxyCheck : ownHealthCheck(group, service, asking, true);
}

/** A port of the pods is none of the nodes. */
export const checkOfNodes = ({ targetType, healthCheck }: TargetGroupFacts): HealthCheckFacts =>
  targetType === "ip" ? { ...healthCheck, port: "traffic-port" } : healthCheck;

/** The fields that differ from the component's own check for the same policy; undefined if none does. */
function ownHealthCheck(
  group: TargetGroupFacts,
  service: ServiceFacts,
  asking: ServiceFacts,
  isUnanswered: boolean,
): HealthCheck | undefined {
  const targetType = ownTargetType(service, [group]);
  const made = targetType === "ip" ? group.healthCheck : checkOfNodes(group);
  const externalTrafficPolicy = service.externalTrafficPolicy === "Local" ? "Local" : "Cluster";
  const policy = policyOfChecks({ targetType, externalTrafficPolicy });
  // Only a LoadBalancer Service has this port, so the component checks the node port, or kube-proxy where nothing answers there.
  const isItsOwn = isOwnPort(made, asking);
  const answered: HealthCheck =
    targetType === "ip" ? withoutUndefined({ port: tcpPortOfPods(service.ports) }) : kubeProxyCheck;
  const target = (
    isItsOwn && !isUnanswered ? {} : targetOf(made, isUnanswered ? answered : undefined, isItsOwn)
  ) as HealthCheck;
  const { timeoutSeconds, ...timing } = timingBeside(made, target, policy);
  const given = {
    ...target,
    ...timing,
    ...(isItsOwn ? {} : withoutUndefined({ timeoutSeconds })),
  };
  return Object.keys(given).length === 0 ? undefined : given;
}

/** The timing that differs from the component's own for this check. */
export function timingBeside(
  { intervalSeconds, timeoutSeconds, healthyThresholdCount, unhealthyThresholdCount }: HealthCheckFacts,
  target: HealthCheck,
  policy: "Cluster" | "Local",
): HealthCheckTiming {
  const own = resolveHealthCheck(target, policy);
  const ownTimeout = resolveHealthCheck({ ...target, intervalSeconds }, policy).timeoutSeconds;
  return withoutUndefined({
    intervalSeconds: intervalSeconds === own.intervalSeconds ? undefined : intervalSeconds,
    timeoutSeconds: timeoutSeconds === ownTimeout ? undefined : timeoutSeconds,
    healthyThresholdCount:
      healthyThresholdCount === own.healthyThresholdCount ? undefined : healthyThresholdCount,
    unhealthyThresholdCount:
      unhealthyThresholdCount === own.unhealthyThresholdCount ? undefined : unhealthyThresholdCount,
  });
}

/** Whether the check goes to the Service's healthCheckNodePort. */
export function isOwnPort({ port }: HealthCheckFacts, { healthCheckNodePort }: ServiceFacts): boolean {
  return port === laterForHealthChecks || (port !== "traffic-port" && port === healthCheckNodePort);
}

/** @param instead where nothing answers at the traffic's port: the component refuses a check there */
function targetOf(
  { protocol, port, path, matcher }: HealthCheckFacts,
  instead: HealthCheck | undefined,
  isItsOwn: boolean,
) {
  if ((port === "traffic-port" || isItsOwn) && instead !== undefined) return instead;
  return withoutUndefined({
    protocol: protocol === "TCP" ? undefined : protocol,
    // A node port that is not allocated yet has no number to name.
    port: port === "traffic-port" || port === later ? undefined : port,
    path: path === "/" ? undefined : path,
    matcher: matcher === healthCheckOf(protocol).matcher ? undefined : matcher,
  });
}

export function areAllUnanswered(service: ServiceFacts): boolean {
  return service.ports.every((port) => isUnanswered(port, service));
}

/** Nothing answers a check at a UDP node port, without a TCP port of the same number. */
export function isUnanswered({ port, protocol }: ServicePortFacts, { ports }: ServiceFacts): boolean {
  return protocol === "UDP" && !ports.some((each) => each.port === port && each.protocol === "TCP");
}

/** https://kubernetes.io/docs/reference/networking/virtual-ips/ */
const kubeProxyCheck = { protocol: "HTTP", port: 10256, path: "/healthz" } as const;
