/**
 * Which addresses the load balancer and its target groups have. pkg/service/model_build_load_balancer.go (buildLoadBalancerIPAddressType),
 * model_build_target_group.go (buildTargetGroupIPAddressType)
 */
import type { ServiceFacts } from "../../../model/service.ts";
import { ipAddressType } from "../defaults.ts";
import { annotation } from "./annotations.ts";

export function isDualstack(service: ServiceFacts): boolean {
  return annotation(service, "ipAddressType") === "dualstack";
}

export function balancerAddressType(service: ServiceFacts): string {
  return isDualstack(service) ? "dualstack" : ipAddressType;
}

/** All of a Service's target groups have IPv6 as soon as one of its families is IPv6, whichever is the first. */
export function hasIpv6Targets({ ipFamilies }: ServiceFacts): boolean {
  return ipFamilies.includes("IPv6");
}

export function groupAddressType(service: ServiceFacts): string {
  return hasIpv6Targets(service) ? "ipv6" : ipAddressType;
}
