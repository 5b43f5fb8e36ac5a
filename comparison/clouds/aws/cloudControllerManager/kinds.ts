/**
 * Which load balancer the controller makes for a Service, if any.
 * https://github.com/kubernetes/cloud-provider/blob/v0.35.4/controllers/service/controller.go (wantsLoadBalancer),
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (isNLB, isLBExternal)
 */
import type { ServiceFacts } from "../../../model/service.ts";
import { annotationPrefix } from "../annotations/names.ts";
import { annotation, annotationNames } from "./annotations.ts";

export type Served =
  | { readonly kind: "network" }
  /** `why`: in a sentence. */
  | { readonly kind: "classic" | "left to others" | "none"; readonly why: string };

export function servedAs(service: ServiceFacts): Served {
  const { type, loadBalancerClass } = service;
  if (type !== "LoadBalancer") {
    return {
      kind: "none",
      why: `the Service's type is ${type}; the cloud controller manager makes load balancers only for type LoadBalancer`,
    };
  }
  if (loadBalancerClass !== undefined) {
    return {
      kind: "left to others",
      why: `the Service's loadBalancerClass is ${loadBalancerClass}; the cloud controller manager makes load balancers only for Services without one`,
    };
  }
  const kind = annotation(service, "type");
  if (kind === "nlb") return { kind: "network" };
  if (kind === "external" || kind === "nlb-ip") {
    const without = kind === "external" ? `, if it has ${annotationPrefix}nlb-target-type or a class` : "";
    return {
      kind: "left to others",
      why: `${annotationNames.type} is "${kind}"; the AWS Load Balancer Controller handles such a Service${without}, not the cloud controller manager`,
    };
  }
  const found = kind === undefined ? "missing" : `"${kind}"`;
  return {
    kind: "classic",
    why: `${annotationNames.type} is ${found}; the cloud controller manager then makes a Classic Load Balancer; it makes a Network Load Balancer only for "nlb"`,
  };
}
