/**
 * What an existing load balancer keeps where the Service does not say otherwise: its scheme, its subnets, and that it has no security groups.
 * pkg/service/model_build_load_balancer.go (buildLoadBalancerScheme, buildLoadBalancerSubnets, buildLoadBalancerSecurityGroups)
 */
import type { ServiceFacts } from "../../../model/service.ts";
import type { AwsClusterFacts, NlbFacts } from "../model.ts";
import { annotation, annotationNames, flag } from "./annotations.ts";
import type { AnnotationName } from "./annotations.ts";
import { schemeOf } from "./subnets.ts";

/**
 * The Service, with annotations that say what the controller takes from the existing load balancer. Its subnets are by id, as when they were chosen: lists with an item for
 * each followed this order.
 */
export function withKept(
  service: ServiceFacts,
  cluster: AwsClusterFacts,
  existing: NlbFacts | undefined,
): ServiceFacts {
  if (existing === undefined) return service;
  const { scheme, zones, securityGroups } = existing;
  const saysScheme = (["scheme", "internal"] as const).some(
    (name) => annotation(service, name) !== undefined,
  );
  const keepsSubnets =
    annotation(service, "subnets") === undefined &&
    (!saysScheme || schemeOf(service) === scheme) &&
    zones.every(({ subnet }) => cluster.subnets.some(({ id }) => id === subnet));
  const kept: Partial<Record<AnnotationName, string>> = {
    ...(saysScheme ? {} : { scheme }),
    ...(keepsSubnets && zones.length > 0
      ? {
          subnets: zones
            .map(({ subnet }) => subnet)
            .sort()
            .join(),
        }
      : {}),
    ...(securityGroups.length === 0 && !isUnreadable(service) ? { withoutGroups: "true" } : {}),
  };
  const named = Object.entries(kept).map(
    ([name, value]) => [annotationNames[name as AnnotationName], value] as const,
  );
  return { ...service, annotations: { ...service.annotations, ...Object.fromEntries(named) } };
}

/** The controller reads the annotation before it looks at the load balancer, and refuses a Service with a word that it does not know. */
function isUnreadable(service: ServiceFacts): boolean {
  return annotation(service, "withoutGroups") !== undefined && flag(service, "withoutGroups") === undefined;
}
