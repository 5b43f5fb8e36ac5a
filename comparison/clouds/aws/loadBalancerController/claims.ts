/**
 * Which Services are the controller's. It also serves Services of other types than LoadBalancer, if an annotation asks for it.
 * pkg/service/service_utils.go (IsServiceSupported, checkAWSLoadBalancerTypeAnnotation), webhooks/core/service_mutator.go (MutateCreate)
 */
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, annotationNames } from "./annotations.ts";
import { loadBalancerClass as ownClass } from "./marks.ts";

const targetTypes = ["instance", "ip"];

/** How the Service names the controller: by its class, or else by annotations. Undefined if it does not. */
export function claimedBy(service: ServiceFacts): string | undefined {
  const { loadBalancerClass } = service;
  if (loadBalancerClass !== undefined)
    return loadBalancerClass === ownClass ? `loadBalancerClass ${ownClass}` : undefined;
  const [type, targetType] = [annotation(service, "type") ?? "", annotation(service, "targetType") ?? ""];
  if (type === "nlb-ip") return `annotation ${annotationNames.type} "nlb-ip"`;
  return type === "external" && targetTypes.includes(targetType)
    ? `annotations ${annotationNames.type} "external" and ${annotationNames.targetType} "${targetType}"`
    : undefined;
}

/** In a cluster with the controller's webhook, which the Helm chart installs by default, a new LoadBalancer Service without a class gets the controller's. */
export function asCreated(service: ServiceFacts): ServiceFacts {
  return service.type === "LoadBalancer" && service.loadBalancerClass === undefined
    ? { ...service, loadBalancerClass: ownClass }
    : service;
}

/** Why the controller leaves the Service to others; undefined if it does not. */
export function whyNotItsOwn(service: ServiceFacts): string | undefined {
  if (claimedBy(service) !== undefined) return undefined;
  const { type, loadBalancerClass } = service;
  if (loadBalancerClass !== undefined)
    return `the Service's loadBalancerClass is ${loadBalancerClass}; the AWS Load Balancer Controller serves only ${ownClass}`;
  if (annotation(service, "type") === "external")
    return `${annotationNames.type} is "external" without ${annotationNames.targetType}; the AWS Load Balancer Controller serves such a Service only with "instance" or "ip" there, or with loadBalancerClass ${ownClass}`;
  return `the Service names the AWS Load Balancer Controller neither by loadBalancerClass ${ownClass} nor by ${annotationNames.type}${type === "LoadBalancer" ? "" : `, and its type is ${type}`}`;
}
